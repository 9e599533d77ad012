import { DeleteUnclear } from './errors.ts';
import { deleting } from './journal-phases.ts';
import { takeLease, writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { endWithoutEntry, leaveGone, leaveToOwner } from './left-to-owner.ts';
import type { Ports } from './ports.ts';
import { recheck } from './recheck.ts';
import { readSameCluster } from './same-cluster.ts';
import type { Snapshot } from './shapes.ts';
import { isAsPlanned, readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { goOn, inspectAgain, StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** What DeleteEntry is told. */
export const DeleteEntryInput = StepInput;

type DeletePorts = Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'entryDeletion'>;

/** Deletes the entry if it still is the one that Preflight saw, after noting in the ledger that it will. */
export async function deleteEntry(input: StepInput, ports: DeletePorts): Promise<StepResult> {
  const { now } = input;
  const { ledger, accessEntries } = ports;
  const lease = await takeLease(input, ledger);
  if ('next' in lease) return lease;
  const { journal, key } = lease;
  if (journal.phase === 'created') return goOn;
  const cluster = await readSameCluster(lease, ports);
  if ('next' in cluster) return cluster;
  const wasSent = journal.phase === 'deleting';
  const checked = await recheck(lease, now, 'the delete was sent before and may have taken effect', ports);
  if ('next' in checked) return checked;
  const { snapshot } = checked;

  const standing = await readStanding(key.entry, accessEntries);
  if (!standing) return wasSent ? goOn : endWithoutEntry(lease, ledger);
  const isAsPreflightSaw = isAsPlanned(standing, journal, snapshot) && standing.entry.modifiedAt === journal.modifiedAt;
  if (isAsPreflightSaw) return sendDelete(lease, snapshot, now, ports);
  if (!wasSent) return inspectAgain;
  if (standing.entry.entryArn !== snapshot.entryArn) return leaveReplaced(lease, snapshot, standing, ledger);
  const turnedBack = await writeJournal(lease, ledger, { ...journal, phase: 'planned' });
  return 'next' in turnedBack ? turnedBack : inspectAgain;
}

/** Sends the delete, once; an unclear answer is looked at before anybody sends another. */
async function sendDelete(lease: Lease, snapshot: Snapshot, now: string, ports: DeletePorts): Promise<StepResult> {
  const { ledger, accessEntries, entryDeletion } = ports;
  const wasSent = lease.journal.phase === 'deleting';
  // A repeated delete belongs to the first: what was made since then may be ours.
  const noted = await writeJournal(lease, ledger, wasSent ? lease.journal : deleting(lease.journal, now));
  if ('next' in noted) return noted;
  const { entry } = noted.key;
  const answer = await entryDeletion.delete(entry);
  if (answer === 'deleted') return goOn;
  if (answer === 'already-gone') {
    if (wasSent) return goOn;
    if (lease.journal.deletingSince) return endWithoutEntry(noted, ledger);
    const explanation =
      'the owner deleted the entry between our last look and our delete; nothing is made where none stands';
    return leaveGone(noted, 'EntryGone', explanation, ledger);
  }
  const { unclearSince = now } = noted.journal;
  const unclear = await writeJournal(noted, ledger, { ...noted.journal, unclearSince });
  if ('next' in unclear) return unclear;
  const standing = await readStanding(entry, accessEntries);
  if (!standing) return goOn;
  if (standing.entry.entryArn !== snapshot.entryArn) return leaveReplaced(unclear, snapshot, standing, ledger);
  throw new DeleteUnclear(
    `it is unknown whether EKS will delete '${snapshot.entryArn}': the answer was lost; try again`,
  );
}

function leaveReplaced(lease: Lease, was: Snapshot, standing: Standing, ledger: Ports['ledger']) {
  return leaveToOwner(lease, was, standing, 'another entry stands where ours was deleted: its owner made it', ledger);
}
