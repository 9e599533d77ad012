import { withCreator } from './principal-actors.ts';
import { executionName } from './execution-name.ts';
import { isPastDelete } from './ledger.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import type { Beginning } from './planned-journal.ts';
import type { Ports, RebindInput } from './ports.ts';
import { reopened, restorable } from './restorable.ts';
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
  /** How many entries are to be rebound for the same cause. */
  readonly batchSize?: number;
  /** What a person wants undone: it goes before whatever the journal says. */
  readonly beginning?: Beginning | undefined;
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
  { ledger, rebinds }: Pick<Ports, 'ledger'> & { readonly rebinds: Pick<Ports['rebinds'], 'executionArn'> },
  abandonedBy?: string,
): Promise<Allocation> {
  return updateRecord<Allocation>(wanted.entry, ledger, (record) => {
    const { journal, knownPrincipalIds } = record;
    const { beginning } = wanted;
    const standing = journal && !beginning && standingAttempt(wanted, journal, abandonedBy);
    // The event may come after something else, a sweep or a forged event, began the attempt: its maker counts all the same.
    const seen = withCreator(record, wanted.cause, wanted.now);
    if (standing)
      return { ...(standing.status === 'allocated' && seen !== record && { record: seen }), answer: standing };
    const left = beginning ?? leftOf(wanted, record);
    const entryArn = wanted.entryArn ?? left?.snapshot?.entryArn;
    if (!entryArn) return { answer: { status: 'gone' } };
    const next = nextJournal(wanted, { journal, left }, (attempt) => {
      const { entry, incarnation } = wanted;
      return rebinds.executionArn(executionName({ entry, principalId: incarnation.principalId, entryArn, attempt }));
    });
    const known = withKnownId(knownPrincipalIds, wanted.incarnation.principalId);
    return { record: { ...seen, knownPrincipalIds: known, journal: next }, answer: allocated(wanted.entry, next) };
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

/** What is left of an entry past its delete: by a rebind, or, where none stands, by the removal of an orphan. */
function leftOf({ entryArn }: Wanted, record: LedgerRecord): Journal | undefined {
  const { journal } = record;
  if (isPastDelete(journal)) return journal;
  const removed = entryArn === undefined ? restorable(record) : undefined;
  return removed && reopened(removed);
}

function nextJournal(
  { incarnation, cause, now, batchSize }: Wanted,
  { journal, left }: { readonly journal: Journal | undefined; readonly left: Beginning | undefined },
  holderOf: (attempt: number) => string,
): Journal {
  const isSame = journal?.incarnation.principalId === incarnation.principalId;
  const attempt = isSame ? journal.attempt + 1 : 1;
  return {
    ...(left ?? { phase: 'planned' as const }),
    generation: (journal?.generation ?? 0) + 1,
    holder: holderOf(attempt),
    incarnation,
    attempt,
    cause,
    startedAt: now,
    ...(batchSize !== undefined && { batchSize }),
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
