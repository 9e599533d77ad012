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
  /** How it ends where a person would have to decide. @default 'NeedsApproval' */
  readonly named?: 'NeedsApproval' | 'Denied' | 'Unanswered';
}

/** Ends with what the guard says, and with where that leaves an entry that was deleted. */
export function endUndecided(
  lease: Lease,
  { action, reasons, digest }: Decided,
  { now, standing, ledger, isWhole = false, notes = [], named = 'NeedsApproval' }: Undecided,
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
  const nobody =
    action === 'ask' && named === 'NeedsApproval'
      ? [because('NoApprovers', 'nobody can be asked: no approvers are configured')]
      : [];
  const outcome: Outcome = {
    name: action === 'refuse' ? 'Refused' : named,
    reasons: [...reasons, ...notes, ...nobody, ...open],
  };
  const question = questionOf(journal, { reasons, digest }, now);
  const remember = (record: LedgerRecord) => (action === 'ask' ? withQuestion(record, question) : record);
  return endRebind(lease, outcome, { ledger, isWhole, remember });
}

/** What the guard wants a person to say. */
export function questionOf(
  { incarnation }: Lease['journal'],
  { reasons, digest }: Pick<Decided, 'reasons' | 'digest'>,
  now: string,
): AskedQuestion {
  return {
    principalId: incarnation.principalId,
    askedAt: now,
    rules: reasons.map(({ rule }) => rule),
    why: reasons.map(({ explanation }) => explanation),
    digest,
  };
}

/** The same is asked about once; what was asked about last is the last. */
export function withQuestion(record: LedgerRecord, question: AskedQuestion): LedgerRecord {
  const before = record.asked.find(({ digest }) => digest === question.digest);
  return { ...record, asked: [...record.asked.filter((asked) => asked !== before), before ?? question] };
}
