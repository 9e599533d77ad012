import type { Decided } from './decide.ts';
import { because } from './end-rebind.ts';
import { endUndecided, questionOf, withQuestion } from './end-undecided.ts';
import type { Undecided } from './end-undecided.ts';
import { planned } from './journal-phases.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Settings } from './settings.ts';
import type { Snapshot } from './shapes.ts';
import { askFor } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import { secondsBetween } from './times.ts';

/** Where an undecided rebind leaves the entry, and whom one could ask. */
interface Askable extends Undecided {
  readonly settings: Pick<Settings, 'approvers' | 'approvalSeconds'>;
  /** Of an entry that stands: what people are shown, and what they approve. */
  readonly snapshot?: Snapshot;
}

/**
 * Asks people where the guard says so and somebody may answer. The same question is not asked again once it was denied, or
 * its time was over: that is the end, until somebody approves after all.
 */
export async function askOrEnd(
  lease: Lease,
  decision: Decided,
  { settings, snapshot, ...undecided }: Askable,
): Promise<StepResult> {
  const { now, ledger, notes = [] } = undecided;
  if (decision.action !== 'ask' || settings.approvers.length === 0) return endUndecided(lease, decision, undecided);
  const { answer, expiresAt } = decision.asked ?? {};
  if (answer) {
    const denied = because('AnsweredNo', 'a person was asked and denied it', {
      deniedBy: answer.by,
      deniedAt: answer.at,
    });
    return endUndecided(lease, decision, { ...undecided, named: 'Denied', notes: [...notes, denied] });
  }
  const left = expiresAt === undefined ? settings.approvalSeconds : Math.ceil(secondsBetween(now, expiresAt));
  if (left <= 0) {
    const late = because('NobodyAnswered', 'nobody answered in time; an approval still counts for the next attempt', {
      expiresAt,
    });
    return endUndecided(lease, decision, { ...undecided, named: 'Unanswered', notes: [...notes, late] });
  }
  const { journal } = lease;
  const asked = snapshot ? planned(journal, snapshot, []) : journal;
  const question = questionOf(journal, decision, now);
  const written = await writeJournal(lease, ledger, asked, (record) => withQuestion(record, question));
  return 'next' in written ? written : askFor(left);
}
