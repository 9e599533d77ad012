import type { Journal } from './ledger.ts';
import type { Reason, Snapshot } from './shapes.ts';

/** Parts of a round: the next one begins without them. */
const ROUND = ['modifiedAt', 'probeToken', 'newEntryArn', 'unexpectedSince', 'doubt', 'isRemoval'] as const;
const DELETE = ['deletingSince', 'deletedBy', 'deletedFor', 'unclearSince'] as const;
type Part = (typeof ROUND)[number] | (typeof DELETE)[number];

/**
 * The start of a round, with a fresh snapshot. A delete that this execution sent in an earlier round may still strike, so
 * that is kept in mind; one of an earlier execution has had its time.
 */
export function planned(journal: Journal, snapshot: Snapshot, allowedBy: readonly Reason[]): Journal {
  const isOwnDelete = journal.deletedBy === journal.holder;
  return { ...without(journal, [...ROUND, ...(isOwnDelete ? [] : DELETE)]), phase: 'planned', snapshot, allowedBy };
}

/** Just before the delete is sent. */
export function deleting(journal: Journal, now: string): Journal {
  const { holder, incarnation } = journal;
  return { ...journal, phase: 'deleting', deletingSince: now, deletedBy: holder, deletedFor: incarnation.principalId };
}

/** Once the new entry stands: what was removed is back, and to be finished like any other. */
export function created(journal: Journal, newEntryArn: string): Journal {
  return { ...without(journal, ['isRemoval']), phase: 'created', newEntryArn };
}

/** Once the new entry was seen as it should be: a delay seen later is a new one. */
export function seenAsExpected(journal: Journal): Journal {
  return without(journal, ['unexpectedSince']);
}

function without(journal: Journal, parts: readonly Part[]): Journal {
  const left: { -readonly [Key in keyof Journal]: Journal[Key] } = { ...journal };
  for (const part of parts) delete left[part];
  return left;
}
