import { because, endRebind } from './end-rebind.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { Snapshot } from './shapes.ts';
import { differences } from './snapshot.ts';
import type { Standing } from './standing-entry.ts';
import { inspectAgain } from './step-result.ts';
import type { StepResult } from './step-result.ts';

type Writable = Pick<Ledger, 'read' | 'write'>;

/** Ends where an owner's entry stands instead of ours; what differs from what was there is told. */
export function leaveToOwner(
  lease: Lease,
  was: Snapshot,
  { snapshot: is }: Standing,
  explanation: string,
  ledger: Writable,
): Promise<StepResult> {
  const evidence = {
    differences: differences(was, is, { policies: true }),
    entryArnBefore: was.entryArn,
    entryArnNow: is.entryArn,
  };
  return endRebind(
    lease,
    {
      name: 'LeftToOwner',
      reasons: [because('ChangedByOwner', explanation, evidence)],
      before: { ...was },
      after: { ...is },
    },
    { ledger },
  );
}

/** Ends where there is no entry left to rebind, with the rule that says why. */
export function leaveGone(lease: Lease, rule: string, explanation: string, ledger: Writable): Promise<StepResult> {
  const { snapshot } = lease.journal;
  return endRebind(
    lease,
    { name: 'LeftToOwner', reasons: [because(rule, explanation)], ...(snapshot && { before: { ...snapshot } }) },
    { ledger },
  );
}

/**
 * Ends where the entry is gone before this round's delete. Its owner deleted it, unless a delete of our own from an earlier
 * round, whose answer was lost, took effect late: then a person is asked, and the journal stays open with the snapshot.
 */
export async function endWithoutEntry(lease: Lease, ledger: Writable): Promise<StepResult> {
  if (!lease.journal.deletingSince) {
    return leaveGone(
      lease,
      'EntryGone',
      'the owner deleted the entry before the rebind did; nothing is made where none stands',
      ledger,
    );
  }
  const reopened = await reopenInDoubt(lease, ledger);
  return 'next' in reopened ? reopened : inspectAgain;
}

/**
 * Ends where our new entry is gone. Its owner deleted it, unless a delete of ours whose answer was lost may have struck it:
 * then a person is asked.
 */
export async function endWithoutNewEntry(lease: Lease, explanation: string, ledger: Writable): Promise<StepResult> {
  const { unclearSince, newEntryArn, ...journal } = lease.journal;
  if (unclearSince === undefined) return leaveGone(lease, 'EntryGone', explanation, ledger);
  const doubt =
    `the new entry ${newEntryArn} is gone: either its owner deleted it, or the delete we sent at ${unclearSince}, ` +
    'whose answer was lost, took effect late';
  const reopened = await writeJournal(lease, ledger, { ...journal, phase: 'deleting', doubt });
  return 'next' in reopened ? reopened : inspectAgain;
}

/** The journal past its delete once more, in doubt of who deleted the entry: a person is asked then. */
export function reopenInDoubt(lease: Lease, ledger: Writable): Promise<Lease | StepResult> {
  const doubt =
    'the entry is gone: either its owner deleted it, or the delete we sent earlier took effect after it had been changed';
  return writeJournal(lease, ledger, { ...lease.journal, phase: 'deleting', doubt });
}
