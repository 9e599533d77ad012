import { DeleteUnclear, EntryNotPropagated } from './errors.ts';
import type { Lease } from './lease.ts';
import type { Journal } from './ledger.ts';
import { leaveGone, leaveToOwner } from './left-to-owner.ts';
import type { Ports } from './ports.ts';
import type { Snapshot } from './shapes.ts';
import { looksOurs, readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import type { StepResult } from './step-result.ts';

/**
 * Takes an entry back that Preflight's probe made, since its owner had deleted the old one a moment before. Deleted is only
 * what stands exactly as the probe made it.
 */
export async function takeBackProbe(
  lease: Lease,
  snapshot: Snapshot,
  madeArn: string,
  { ledger, accessEntries, entryDeletion }: Pick<Ports, 'ledger' | 'accessEntries' | 'entryDeletion'>,
): Promise<StepResult> {
  const { entry } = lease.key;
  const standing = await readStanding(entry, accessEntries);
  if (!standing)
    throw new EntryNotPropagated(`EKS doesn't show the entry '${madeArn}' yet that our probe made; try again`);
  if (standing.entry.entryArn !== madeArn || !couldBeProbe(standing, snapshot, lease.journal)) {
    return leaveToOwner(
      lease,
      snapshot,
      standing,
      'the entry was deleted and made anew while the rebind was prepared',
      ledger,
    );
  }
  if ((await entryDeletion.delete(entry)) === 'unclear') {
    throw new DeleteUnclear(`it is unknown whether EKS deleted '${madeArn}', which our probe made; try again`);
  }
  return leaveGone(
    lease,
    'EntryGone',
    "the owner deleted the entry; what the rebind's probe made instead was taken back",
    ledger,
  );
}

/** Whether an entry looks exactly as the probe would have made it: the snapshot's, made since, without policies. */
export function couldBeProbe(standing: Standing, snapshot: Snapshot, { startedAt }: Journal): boolean {
  return looksOurs(standing, snapshot, startedAt) && standing.snapshot.policies.length === 0;
}

/** Ends where EKS no longer knows the probe's token: the entry is not deleted, since it may be its owner's. */
export function leaveDoubtful(
  lease: Lease,
  snapshot: Snapshot,
  standing: Standing,
  { ledger }: Pick<Ports, 'ledger'>,
): Promise<StepResult> {
  const explanation =
    'the entry was deleted and made anew, without policies, while the rebind was prepared: by its owner, or by the ' +
    "rebind's probe just after its owner had deleted it; please see whether it is wanted";
  return leaveToOwner(lease, snapshot, standing, explanation, ledger);
}
