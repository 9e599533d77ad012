import { askOrEnd } from './ask-or-end.ts';
import { decide } from './decide.ts';
import { because, endRebind } from './end-rebind.ts';
import { planned } from './journal-phases.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { leaveToOwner } from './left-to-owner.ts';
import { modeNotes } from './outcome-notes.ts';
import type { Cluster, Ports, PrincipalReading } from './ports.ts';
import type { Snapshot } from './shapes.ts';
import { differences } from './snapshot.ts';
import { isUnchanged } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { goOnWith } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** All that InspectEntry sees of an entry that an undo is to replace. */
interface Seen {
  readonly standing: Standing;
  /** The entry as a person was shown it, and as they want it again. */
  readonly shown: Snapshot;
  readonly wanted: Snapshot;
  readonly principal: PrincipalReading;
  readonly cluster: Cluster;
  readonly now: string;
}

/**
 * Plans to replace an entry by what it once was. Only the very entry that a person was shown is replaced: what its owner did since
 * then is not overwritten. Whether it is stale doesn't matter; the guard is asked about what will be made.
 */
export async function planRestore(
  lease: Lease,
  { standing, shown, wanted, principal, cluster, now }: Seen,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<StepResult> {
  const { key, record, journal } = lease;
  const { ledger, settings } = ports;
  if (differences(wanted, standing.snapshot, { policies: true }).length === 0) {
    const reason = because('HasAllItHad', 'the entry stands with all that it is to have');
    return endRebind(lease, { name: 'NotStale', reasons: [reason] }, { ledger });
  }
  if (!isUnchanged(standing, shown)) {
    const explanation = 'the entry is not as it was when a person said that it may be replaced: its owner was at it';
    return leaveToOwner(lease, shown, standing, explanation, ledger);
  }
  const decision = await decide({ entry: key.entry, record, journal, snapshot: wanted, principal, now }, ports);
  if (decision.action !== 'rebind') {
    const where = { standing: '', isWhole: true, notes: modeNotes(cluster) };
    return askOrEnd(lease, decision, { now, ledger, settings, ...where });
  }
  const written = await writeJournal(lease, ledger, planned(journal, wanted, decision.reasons));
  return 'next' in written ? written : goOnWith(wanted);
}
