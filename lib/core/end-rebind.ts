import { boundedOutcome } from './bounded-outcome.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';
import { endWith } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import type { Outcome, Reason, OutcomeName } from './shapes.ts';

/** Ends that leave an entry which was deleted as it is: the journal stays open, since it holds all that is left of it. */
const UNFINISHED: readonly OutcomeName[] = [
  'NeedsApproval',
  'Denied',
  'Unanswered',
  'Refused',
  'Superseded',
  'KeepsChanging',
];

/** With which ledger a rebind ends, and what else the same write says. */
export interface EndOptions {
  readonly ledger: Pick<Ledger, 'read' | 'write'>;
  /** Whether the entry has all that it should, though the journal is past its delete. */
  readonly isWhole?: boolean;
  /** What the ledger learns of the entry besides. */
  readonly remember?: (record: LedgerRecord) => LedgerRecord;
}

/**
 * Ends the rebind: in one ledger write the journal is closed with its outcome. Past the delete the
 * journal stays open unless the entry is whole again, or in its owner's hands.
 */
export async function endRebind(
  lease: Lease,
  told: Outcome,
  { ledger, isWhole = false, remember = (record) => record }: EndOptions,
): Promise<StepResult> {
  const { journal } = lease;
  const outcome = boundedOutcome(told);
  // What was removed as orphaned was meant to be gone: nobody has to finish that.
  const isUnfinished = isPastDelete(journal) && !journal.isRemoval && !isWhole;
  const staysOpen = isUnfinished && UNFINISHED.includes(outcome.name);
  const ended = staysOpen ? journal : { ...journal, phase: 'closed' as const, outcome };
  const written = await writeJournal(lease, ledger, ended, remember);
  return 'next' in written ? written : endWith(outcome);
}

/** One reason in words. */
export function because(rule: string, explanation: string, evidence: Readonly<Record<string, unknown>> = {}): Reason {
  return { rule, explanation, evidence: { ...evidence } };
}
