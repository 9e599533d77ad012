import { endRebind } from './end-rebind.ts';
import { EntryNotAsWritten } from './errors.ts';
import { takeLease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import type { PastDelete } from './ledger.ts';
import { endWithoutNewEntry, leaveToOwner } from './left-to-owner.ts';
import { readLiving } from './living-principal.ts';
import { modeNotes } from './outcome-notes.ts';
import type { AccessEntry, Ports } from './ports.ts';
import { ownerNotes } from './prevention.ts';
import { principalOf } from './principal-of.ts';
import { profileNotes } from './profile-notes.ts';
import { reboundOutcome, rememberRebound } from './rebound.ts';
import { differences } from './snapshot.ts';
import { readSameCluster } from './same-cluster.ts';
import { readStanding } from './standing-entry.ts';
import { inspectAgain, StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import { secondsBetween } from './times.ts';
import { fingerprintTrust } from './trust-fingerprint.ts';
import { sinceUnexpected } from './unexpected.ts';

/** What VerifyEntry is told. */
export const VerifyEntryInput = StepInput;

/** Reads all of it again. Only what is seen to be as it was ends as `Rebound`. */
export async function verifyEntry(
  input: StepInput,
  ports: Pick<
    Ports,
    'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'instanceProfiles' | 'metrics'
  >,
): Promise<StepResult> {
  const { now } = input;
  const { ledger, principals, accessEntries, settings } = ports;
  const lease = await takeLease(input, ledger);
  if ('next' in lease) return lease;
  const { key, journal } = lease;
  if (!isPastDelete(journal) || journal.phase === 'deleting') return inspectAgain;
  const { snapshot } = journal;
  const cluster = await readSameCluster(lease, ports);
  if ('next' in cluster) return cluster;
  const principal = await readLiving(lease, ports);
  if ('next' in principal) return principal;

  const standing = await readStanding(key.entry, accessEntries);
  if (standing && standing.entry.entryArn !== journal.newEntryArn) {
    return leaveToOwner(
      lease,
      snapshot,
      standing,
      'another entry stands where ours was made: its owner made it',
      ledger,
    );
  }
  const differs = standing ? differences(snapshot, standing.snapshot, { policies: true }) : ['it is not there'];
  if (!standing || differs.length > 0) {
    const since = await sinceUnexpected(lease, { now, ledger, settleSeconds: settings.settleSeconds });
    if (since === 'owner') {
      return standing
        ? leaveToOwner(lease, snapshot, standing, 'the new entry was changed since we made it: its owner did', ledger)
        : endWithoutNewEntry(lease, 'the owner deleted the new entry', ledger);
    }
    if (since !== 'wait') return since;
    throw new EntryNotAsWritten(
      `the new entry of '${key.entry.principalArn}' in cluster '${key.entry.clusterName}' doesn't read back as it was ` +
        `written: ${differs.join('; ')}; try again`,
    );
  }

  const notes = [
    ...modeNotes(cluster),
    ...(await profileNotes(snapshot.type, principalOf(key.entry), ports)),
    ...ownerNotes(snapshot, principal),
  ];
  const trust = await fingerprintTrust(principal.trustPolicy, principals);
  const ended = await endRebind(lease, reboundOutcome(journal, snapshot, standing, notes), {
    ledger,
    remember: (record) => rememberRebound(record, { entry: standing.entry, principal, trust, now }),
  });
  // Only once it is written. A step that is run again finds its end in the journal, and records nothing.
  ports.metrics.record(howLong(journal, standing.entry, now));
  return ended;
}

/** From when the delete was about to be sent until EKS says that it made the new entry, which may be cut to the second. */
function howLong({ incarnation, deletingSince }: PastDelete, { createdAt }: AccessEntry, now: string) {
  return {
    SecondsToRebound: secondsBetween(incarnation.createdAt, now),
    SecondsWithoutAccess: Math.max(0, secondsBetween(deletingSince, createdAt)),
  };
}
