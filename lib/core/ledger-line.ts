import * as v from 'valibot';
import type { LedgerRecord, Question } from './ledger.ts';
import { AccountId, Cause, EntryRef, Incarnation, SCHEMA_VERSION, Snapshot } from './shapes.ts';

const schemaVersion = v.literal(SCHEMA_VERSION);
const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const texts = v.array(v.string());

/** As much of a journal as decides what is made again, and for whom. */
const Journal = v.looseObject({
  generation: version,
  holder: v.string(),
  incarnation: Incarnation,
  attempt: version,
  phase: v.picklist(['planned', 'deleting', 'created', 'closed']),
  cause: Cause,
  startedAt: v.string(),
  snapshot: v.optional(Snapshot),
  replaces: v.optional(Snapshot),
});

const RecordShape = v.looseObject({
  schemaVersion,
  entry: EntryRef,
  knownPrincipalIds: texts,
  asked: v.array(v.looseObject({ principalId: v.string(), askedAt: v.string(), rules: texts, digest: v.string() })),
  journal: v.optional(Journal),
});

const QuestionShape = v.looseObject({
  schemaVersion,
  id: v.string(),
  incarnation: Incarnation,
  digests: texts,
  expiresAt: v.string(),
  answers: v.array(v.looseObject({ verdict: v.picklist(['approved', 'denied']), by: v.string(), at: v.string() })),
});

const Line = v.variant('kind', [
  v.object({ kind: v.literal('ledger'), schemaVersion, accountId: AccountId }),
  v.object({ kind: v.literal('record'), version, record: RecordShape }),
  v.object({ kind: v.literal('question'), version, question: QuestionShape }),
]);

/** One line of a ledger file: its head, or one write of a record or question with the version that it made. */
export type LedgerLine =
  | { readonly kind: 'ledger'; readonly schemaVersion: 1; readonly accountId: string }
  | { readonly kind: 'record'; readonly version: number; readonly record: LedgerRecord }
  | { readonly kind: 'question'; readonly version: number; readonly question: Question };

/** The line as text, without its line end. */
export const writeLedgerLine = (line: LedgerLine): string => JSON.stringify(line);

/** The line in a text, or in words why it is none. */
export function readLedgerLine(text: string): LedgerLine | { readonly unreadable: string } {
  const parsed = parseJson(text);
  if (parsed === undefined) return { unreadable: 'it is not JSON' };
  const checked = v.safeParse(Line, parsed);
  if (!checked.success) {
    const [issue] = checked.issues;
    const where = v.getDotPath(issue) ?? 'it';
    return { unreadable: `${where} is ${issue.received}, expected ${issue.expected ?? issue.type}` };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just checked; what valibot gives back would lack tags called `__proto__`
  return parsed as LedgerLine;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
