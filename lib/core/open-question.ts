import { createHash } from 'node:crypto';
import { LedgerContended } from './errors.ts';
import type { Ledger, LedgerRecord, Question, VersionedQuestion } from './ledger.ts';
import { principalKey } from './principal.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { Incarnation, Principal } from './shapes.ts';

// A change of an entry asks anew. More often than this nobody reads what is asked.
const QUESTIONS = 20;

/** What is to be asked, of whose entries, and until when. */
export interface ToAsk {
  readonly principal: Principal;
  readonly incarnation: Incarnation;
  readonly digest: string;
  readonly records: readonly LedgerRecord[];
  readonly askedAt: string;
  readonly expiresAt: string;
}

/**
 * The question that covers this digest. Where there is none, one is opened for all entries of the principal that have
 * something to ask: people get one question, however many executions come here at once. Its id follows from what it is
 * about, so that the ledger's conditional write decides who opens it.
 */
export async function openQuestion(
  { principal, incarnation, digest, records, askedAt, expiresAt }: ToAsk,
  ledger: Pick<Ledger, 'readQuestion' | 'writeQuestion'>,
): Promise<VersionedQuestion> {
  for (let n = 1; n <= QUESTIONS; n += 1) {
    const id = questionId(principal, incarnation, n);
    let stored = await ledger.readQuestion(id);
    if (!stored) {
      const digests = openDigests(records, incarnation, digest);
      const opened = { id, principal, incarnation, digests, askedAt, expiresAt };
      await ledger.writeQuestion({ schemaVersion: SCHEMA_VERSION, ...opened, answers: [] }, 0);
      stored = await ledger.readQuestion(id);
    }
    if (stored?.question.digests.includes(digest)) return stored;
  }
  throw new LedgerContended(
    `people were asked ${QUESTIONS} times about '${incarnation.principalArn}' (${incarnation.principalId}), each time about ` +
      'something else; redrive once it stays as it is',
  );
}

/** What the question is about, of each entry the latest that nobody was sent yet. */
function openDigests(records: readonly LedgerRecord[], { principalId }: Incarnation, digest: string): string[] {
  const open = records.flatMap(({ asked }) => asked.slice(-1)).filter((asked) => asked.principalId === principalId);
  const unsent = open.filter(({ questionId: sent }) => sent === undefined).map((asked) => asked.digest);
  return [...new Set([digest, ...unsent])];
}

function questionId(principal: Principal, { principalId }: Incarnation, n: number): string {
  const about = JSON.stringify([principalKey(principal), principalId, n]);
  return createHash('sha256').update(about).digest('hex').slice(0, 24);
}

/** The records that a question is about as they are now, each with what it asks. */
export function coveredBy({ digests }: Pick<Question, 'digests'>, records: readonly LedgerRecord[]): LedgerRecord[] {
  return records.filter(({ asked }) => digests.includes(asked.at(-1)?.digest ?? ''));
}
