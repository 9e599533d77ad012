import { because, endRebind } from './end-rebind.ts';
import type { Lease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import type { AskedQuestion, Ledger, LedgerRecord } from './ledger.ts';
import type { Decided } from './decide.ts';
import type { Outcome, Reason } from './shapes.ts';
import type { StepResult } from './step-result.ts';

/** Where an undecided rebind leaves the entry. */
export interface Undecided {
  readonly now: string;
  readonly ledger: Pick<Ledger, 'read' | 'write'>;
  /** In words, where a journal past its delete leaves the entry. */
  readonly standing: string;
  /** Whether the entry has all that it should, though the journal is past its delete. */
  readonly isWhole?: boolean;
  /** What the person who decides should know besides. */
  readonly notes?: readonly Reason[];
}

/** Ends with what the guard says, and with where that leaves an entry that was deleted. */
export function endUndecided(
  lease: Lease,
  { action, reasons, digest }: Decided,
  { now, standing, ledger, isWhole = false, notes = [] }: Undecided,
): Promise<StepResult> {
  const { journal } = lease;
  const open =
    isPastDelete(journal) && !isWhole
      ? [
          because('JournalOpen', `${standing}; its snapshot is kept and the journal stays open`, {
            ...journal.snapshot,
          }),
        ]
      : [];
  const outcome: Outcome = {
    name: action === 'refuse' ? 'Refused' : 'NeedsApproval',
    reasons: [...reasons, ...notes, ...open],
  };
  const question = {
    principalId: journal.incarnation.principalId,
    askedAt: now,
    rules: reasons.map(({ rule }) => rule),
    digest,
  };
  const remember = (record: LedgerRecord) => (action === 'ask' ? withQuestion(record, question) : record);
  return endRebind(lease, outcome, { ledger, isWhole, remember });
}

/** The same is asked about once. */
function withQuestion(record: LedgerRecord, question: AskedQuestion): LedgerRecord {
  if (record.asked.some(({ digest }) => digest === question.digest)) return record;
  return { ...record, asked: [...record.asked, question] };
}
