import { isPastDelete } from './ledger.ts';
import type { LedgerRecord, PastDelete } from './ledger.ts';
import type { Ports } from './ports.ts';
import { isSameJson } from './same-json.ts';
import type { Cause, Incarnation, Outcome, Snapshot } from './shapes.ts';
import { updateRecord } from './update-record.ts';

/** Who removes, when and because of what. */
export interface Removing {
  readonly now: string;
  readonly executionArn: string;
  readonly cause: Cause;
}

/** A removal that was begun and not brought to its end. One that a rebind took over is that rebind's. */
export function openRemoval({ journal }: LedgerRecord): PastDelete | undefined {
  const isOurs = isPastDelete(journal) && journal.isRemoval === true && journal.holder === journal.deletedBy;
  return isOurs ? journal : undefined;
}

/** The life of the principal that the entry was bound to, as far as the ledger knows it. */
export function lostIncarnation({ bound, entry }: LedgerRecord, { createdAt }: Snapshot): Incarnation {
  return bound ?? { principalArn: entry.principalArn, principalId: 'unknown', createdAt };
}

/** The journal of a removal: all that a later restoration needs, written before the delete is sent. */
export function removalJournal(record: LedgerRecord, snapshot: Snapshot, by: Removing): PastDelete {
  const { now, executionArn, cause } = by;
  const { journal } = record;
  const incarnation = lostIncarnation(record, snapshot);
  return {
    generation: (journal?.generation ?? 0) + 1,
    holder: executionArn,
    incarnation,
    attempt: journal?.incarnation.principalId === incarnation.principalId ? journal.attempt + 1 : 1,
    phase: 'deleting',
    snapshot,
    deletingSince: now,
    deletedBy: executionArn,
    isRemoval: true,
    cause,
    startedAt: now,
  };
}

/** Writes the journal where the record's still is the one that was judged; answers whether it stands there now. */
export function beginRemoval(judged: LedgerRecord, journal: PastDelete, ledger: Ports['ledger']): Promise<boolean> {
  return updateRecord(judged.entry, ledger, (record) => {
    if (isSameJson(record.journal, journal)) return { answer: true };
    if (!isSameJson(record.journal, judged.journal)) return { answer: false };
    return { record: { ...record, entryArn: journal.snapshot.entryArn, journal }, answer: true };
  });
}

/** Closes the removal's journal with its outcome; one that was taken over or closed meanwhile stays as it is. */
export function closeRemoval(
  { entry }: LedgerRecord,
  removal: PastDelete,
  outcome: Outcome,
  ledger: Ports['ledger'],
): Promise<void> {
  return updateRecord<void>(entry, ledger, (record) => {
    if (!isSameJson(record.journal, removal)) return { answer: undefined };
    return { record: { ...record, journal: { ...removal, phase: 'closed', outcome } }, answer: undefined };
  });
}
