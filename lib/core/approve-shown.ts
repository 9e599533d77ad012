import { LedgerContended } from './errors.ts';
import { withQuestion } from './end-undecided.ts';
import type { AskedQuestion, Ledger, LedgerRecord } from './ledger.ts';
import { openQuestion } from './open-question.ts';
import { principalKey } from './principal.ts';
import { principalOf } from './principal-of.ts';
import type { EntryRef, Incarnation, Reason } from './shapes.ts';
import { updateRecord } from './update-record.ts';

/** What a person was shown of one entry, and said yes to. */
export interface Shown {
  readonly entry: EntryRef;
  readonly incarnation: Incarnation;
  /** Of exactly what was shown (`questionDigest`). */
  readonly digest: string;
  readonly reasons: readonly Reason[];
}

type Writable = Pick<Ledger, 'read' | 'write' | 'readQuestion' | 'writeQuestion'>;

/**
 * Writes a person's yes into the ledger as the approval of exactly what they were shown: one question for the entries of each
 * principal, with its answer. The guard of every step finds it there, and asks anew once anything differs.
 */
export async function approveShown(
  shown: readonly Shown[],
  { by, at }: { readonly by: string; readonly at: string },
  ledger: Writable,
): Promise<void> {
  const groups = new Map<string, Shown[]>();
  for (const one of shown) {
    const key = `${principalKey(principalOf(one.entry))} ${one.incarnation.principalId}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) await approveGroup(group, { by, at }, ledger);
}

async function approveGroup(
  group: readonly Shown[],
  { by, at }: { readonly by: string; readonly at: string },
  ledger: Writable,
): Promise<void> {
  // Only what was shown now: what the ledger asked about earlier, and nobody was shown, must not be approved along with it.
  const records: LedgerRecord[] = [];
  for (const { entry, incarnation, digest, reasons } of group) {
    const question: AskedQuestion = {
      principalId: incarnation.principalId,
      askedAt: at,
      rules: reasons.map(({ rule }) => rule),
      why: reasons.map(({ explanation }) => explanation),
      digest,
    };
    records.push(await change(entry, ledger, (record) => withQuestion(record, question)));
  }
  for (const { entry, incarnation, digest } of group) {
    const about = { principal: principalOf(entry), incarnation, digest, records, askedAt: at, expiresAt: at };
    const { question, version } = await openQuestion(about, ledger);
    if (question.answers.at(-1)?.at !== at) {
      const answers = [...question.answers, { verdict: 'approved', by, at } as const];
      if ((await ledger.writeQuestion({ ...question, answers }, version)) === 'conflict') {
        throw new LedgerContended(`question ${question.id} was changed by others meanwhile; try again`);
      }
    }
    await change(entry, ledger, (record) => ({
      ...record,
      asked: record.asked.map((asked) => (asked.digest === digest ? { ...asked, questionId: question.id } : asked)),
    }));
  }
}

function change(
  entry: EntryRef,
  ledger: Pick<Ledger, 'read' | 'write'>,
  next: (record: LedgerRecord) => LedgerRecord,
): Promise<LedgerRecord> {
  return updateRecord(entry, ledger, (record) => {
    const changed = next(record);
    return { record: changed, answer: changed };
  });
}
