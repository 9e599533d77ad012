import { executionName } from './execution-name.ts';
import { isPastDelete } from './ledger.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import type { Ports, RebindInput } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { Cause, EntryRef, Incarnation } from './shapes.ts';
import { updateRecord, withKnownId } from './update-record.ts';

/** What wants a rebind. */
export interface Wanted {
  readonly entry: EntryRef;
  /** The entry that stands now, if one does. */
  readonly entryArn: string | undefined;
  readonly incarnation: Incarnation;
  readonly cause: Cause;
  readonly now: string;
}

/** The attempt that may be started, or why none is. */
export type Allocation =
  | { readonly status: 'allocated'; readonly name: string; readonly holder: string; readonly input: RebindInput }
  | { readonly status: 'done'; readonly holder: string }
  | { readonly status: 'superseded' | 'gone' };

/**
 * Gives out the attempt in one conditional write: the ledger is the lock. Whoever asks twice gets the same one, until its
 * journal is closed as anything but `Rebound`, or the execution that held it is known to have ended without closing it
 * (`abandonedBy`). What a journal past its delete holds is inherited: it is all that is left of the entry.
 */
export function allocateAttempt(
  wanted: Wanted,
  { ledger, rebinds }: Pick<Ports, 'ledger' | 'rebinds'>,
  abandonedBy?: string,
): Promise<Allocation> {
  return updateRecord<Allocation>(wanted.entry, ledger, (record) => {
    const { journal, knownPrincipalIds } = record;
    const standing = journal && standingAttempt(wanted, journal, abandonedBy);
    if (standing) return { answer: standing };
    const entryArn = wanted.entryArn ?? (isPastDelete(journal) ? journal.snapshot.entryArn : undefined);
    if (!entryArn) return { answer: { status: 'gone' } };
    const next = nextJournal(wanted, record, (attempt) => {
      const { entry, incarnation } = wanted;
      return rebinds.executionArn(executionName({ entry, principalId: incarnation.principalId, entryArn, attempt }));
    });
    const known = withKnownId(knownPrincipalIds, wanted.incarnation.principalId);
    return { record: { ...record, knownPrincipalIds: known, journal: next }, answer: allocated(wanted.entry, next) };
  });
}

/** The answer that the journal gives already, if it gives one. Incarnations only go forward. */
function standingAttempt(
  { entry, incarnation }: Wanted,
  journal: Journal,
  abandonedBy: string | undefined,
): Allocation | undefined {
  if (journal.incarnation.principalId !== incarnation.principalId) {
    const isEarlier = Date.parse(incarnation.createdAt) < Date.parse(journal.incarnation.createdAt);
    return isEarlier ? { status: 'superseded' } : undefined;
  }
  if (journal.outcome?.name === 'Rebound') return { status: 'done', holder: journal.holder };
  if (journal.phase === 'closed' || journal.holder === abandonedBy) return undefined;
  return allocated(entry, journal);
}

function nextJournal(
  { incarnation, cause, now }: Wanted,
  { journal }: LedgerRecord,
  holderOf: (attempt: number) => string,
): Journal {
  const isSame = journal?.incarnation.principalId === incarnation.principalId;
  const attempt = isSame ? journal.attempt + 1 : 1;
  return {
    ...(isPastDelete(journal) ? journal : { phase: 'planned' as const }),
    generation: (journal?.generation ?? 0) + 1,
    holder: holderOf(attempt),
    incarnation,
    attempt,
    cause,
    startedAt: now,
  };
}

function allocated(entry: EntryRef, { holder, incarnation, generation, cause }: Journal): Allocation {
  const name = holder.slice(holder.lastIndexOf(':') + 1);
  return {
    status: 'allocated',
    name,
    holder,
    input: { schemaVersion: SCHEMA_VERSION, entry, incarnation, generation, cause },
  };
}
