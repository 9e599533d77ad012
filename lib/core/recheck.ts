import { decide } from './decide.ts';
import { because, endRebind } from './end-rebind.ts';
import type { Lease } from './lease.ts';
import type { Journal } from './ledger.ts';
import { isPastDelete } from './ledger.ts';
import { readLiving } from './living-principal.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import type { Decision, Snapshot } from './shapes.ts';
import { inspectAgain } from './step-result.ts';
import type { StepResult } from './step-result.ts';

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
  const { snapshot, cause } = journal;
  if (!snapshot) return inspectAgain;
  const principal = await readLiving(lease, now, ports);
  if ('next' in principal) return principal;
  const takeover = takeoverOf(journal, key.holder, now);
  const decision = await decide({ entry: key.entry, record, snapshot, principal, cause, now, takeover }, ports);
  if (decision.action !== 'rebind') return endUndecided(lease, decision, { now, standing, ledger: ports.ledger });
  return { lease, snapshot, principal };
}

/** Ends with what the guard says, and with where that leaves an entry that was deleted. */
export function endUndecided(
  lease: Lease,
  { action, reasons }: Decision,
  {
    now,
    standing,
    ledger,
    isWhole = false,
  }: { now: string; standing: string; isWhole?: boolean } & Pick<Ports, 'ledger'>,
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
  return endRebind(
    lease,
    { name: action === 'refuse' ? 'Refused' : 'NeedsApproval', reasons: [...reasons, ...open] },
    { now, ledger, isWhole },
  );
}

const HOUR = 60 * 60 * 1000;

/** Why a journal past its delete must not simply be finished: an owner may have deleted the entry meanwhile, and mean it. */
export function takeoverOf(journal: Journal, holder: string, now: string): string | undefined {
  const { deletingSince, deletedBy } = journal;
  if (!isPastDelete(journal) || !deletingSince) return undefined;
  if (deletedBy !== holder)
    return `the entry's delete was begun by another execution (${deletedBy}) at ${deletingSince}`;
  if (Date.parse(now) - Date.parse(deletingSince) > HOUR)
    return `the entry's delete was begun over an hour ago, at ${deletingSince}`;
  return undefined;
}
