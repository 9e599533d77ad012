import type { Journal, LedgerRecord } from './ledger.ts';
import type { OutcomeName, Snapshot } from './shapes.ts';

/** The closed journal of an entry that was removed. Snapshot and time are in the same write as `isRemoval`. */
export type Removed = Journal & {
  readonly snapshot: Snapshot;
  readonly deletingSince: string;
  readonly isRemoval: true;
};

// After these the entry stands again, or is its owner's business.
const SETTLED: readonly (OutcomeName | undefined)[] = ['Rebound', 'LeftToOwner', undefined];

/** The journal of an entry that we removed as orphaned, where nobody has made another since, as far as the ledger knows. */
export function restorable({ journal, entryArn }: LedgerRecord): Removed | undefined {
  return isClosedRemoval(journal) && journal.snapshot.entryArn === entryArn ? journal : undefined;
}

function isClosedRemoval(journal: Journal | undefined): journal is Removed {
  return journal?.isRemoval === true && !SETTLED.includes(journal.outcome?.name);
}

/** The same journal, open again and past the delete: only a person can say that it may be finished. */
export function reopened(removed: Removed): Journal {
  const doubt = `the entry was removed as orphaned at ${removed.deletingSince}: making it again is for a person to decide`;
  const { outcome: _outcome, ...journal } = removed;
  return { ...journal, phase: 'deleting', doubt };
}
