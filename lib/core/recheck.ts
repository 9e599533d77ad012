import { decide } from './decide.ts';
import { endUndecided } from './end-undecided.ts';
import type { Lease } from './lease.ts';
import { readLiving } from './living-principal.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import type { Snapshot } from './shapes.ts';
import { inspectAgain } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import { takeoverOf } from './takeover.ts';

/** What a write to EKS stands on, all of it read just before. */
export interface Checked {
  readonly lease: Lease;
  readonly snapshot: Snapshot;
  readonly principal: PrincipalReading;
}

/**
 * What comes before every write to EKS, once the lease is taken: the principal is read again (id, exact ARN), and the guard
 * is asked again about the journal's snapshot. `standing` says in words where a journal past its delete leaves the entry.
 */
export async function recheck(
  lease: Lease,
  now: string,
  standing: string,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<Checked | StepResult> {
  const { journal, record, key } = lease;
  const { snapshot } = journal;
  if (!snapshot) return inspectAgain;
  const principal = await readLiving(lease, ports);
  if ('next' in principal) return principal;
  const takeover = takeoverOf(journal, key.holder, now);
  const decision = await decide({ entry: key.entry, record, journal, snapshot, principal, now, takeover }, ports);
  // People are asked by InspectEntry, which looks at everything anew.
  if (decision.action === 'ask' && ports.settings.approvers.length > 0) return inspectAgain;
  if (decision.action !== 'rebind') return endUndecided(lease, decision, { now, standing, ledger: ports.ledger });
  return { lease, snapshot, principal };
}
