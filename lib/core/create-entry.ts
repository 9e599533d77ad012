import { DeleteUnclear, EntryNotPropagated } from './errors.ts';
import { created } from './journal-phases.ts';
import { keepLease, takeLease, writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import { leaveToOwner } from './left-to-owner.ts';
import type { Ports } from './ports.ts';
import { recheck } from './recheck.ts';
import { requestToken } from './request-token.ts';
import { readSameCluster } from './same-cluster.ts';
import { looksOurs, readStanding } from './standing-entry.ts';
import { goOn, inspectAgain, StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** What CreateEntry is told. */
export const CreateEntryInput = StepInput;

/** Makes the entry again as the journal's snapshot has it, and notes which one is ours. */
export async function createEntry(
  input: StepInput,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'entryCreation'>,
): Promise<StepResult> {
  const { now } = input;
  const { ledger, accessEntries, entryCreation } = ports;
  const held = await takeLease(input, ledger);
  if ('next' in held) return held;
  const { journal } = held;
  if (!isPastDelete(journal)) return inspectAgain;
  if (journal.phase === 'created') return goOn;

  const cluster = await readSameCluster(held, ports);
  if ('next' in cluster) return cluster;
  const checked = await recheck(held, now, 'the entry is gone: this rebind deleted it', ports);
  if ('next' in checked) return checked;
  const lease = await keepLease(held, ledger);
  if ('next' in lease) return lease;

  const { snapshot } = checked;
  const { entry } = lease.key;
  const made = await entryCreation.create(entry, snapshot, requestToken('create', lease.key, snapshot));
  if (made !== 'in-use') return noteCreated(lease, made.entryArn, ledger);

  const standing = await readStanding(entry, accessEntries);
  if (!standing) {
    throw new EntryNotPropagated(
      `EKS says that '${entry.principalArn}' has an entry, but doesn't show it yet; try again`,
    );
  }
  if (standing.entry.entryArn === snapshot.entryArn) {
    throw new DeleteUnclear(`EKS still shows the entry '${snapshot.entryArn}' that was deleted; try again`);
  }
  if (looksOurs(standing, snapshot, journal.deletingSince)) return noteCreated(lease, standing.entry.entryArn, ledger);
  const explanation = 'another entry stands where ours was deleted: its owner made it';
  return leaveToOwner(lease, snapshot, standing, explanation, ledger);
}

async function noteCreated(lease: Lease, newEntryArn: string, ledger: Ports['ledger']): Promise<StepResult> {
  const noted = await writeJournal(lease, ledger, created(lease.journal, newEntryArn));
  return 'next' in noted ? noted : goOn;
}
