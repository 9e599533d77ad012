import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { StepResult } from './step-result.ts';

/**
 * What to do when our new entry can't be seen as it was written. EKS is eventually consistent, so at first that is worth
 * another try (`wait`), and after the last one the Task fails. Where it is still so when somebody redrives it, at least the
 * settle age later, it is no delay of EKS: an owner was there.
 */
export async function sinceUnexpected(
  lease: Lease,
  { now, settleSeconds, ledger }: { now: string; settleSeconds: number; ledger: Pick<Ledger, 'read' | 'write'> },
): Promise<'wait' | 'owner' | StepResult> {
  const { unexpectedSince } = lease.journal;
  if (unexpectedSince && Date.parse(now) - Date.parse(unexpectedSince) >= settleSeconds * 1000) return 'owner';
  if (unexpectedSince) return 'wait';
  const noted = await writeJournal(lease, ledger, { ...lease.journal, unexpectedSince: now });
  return 'next' in noted ? noted : 'wait';
}
