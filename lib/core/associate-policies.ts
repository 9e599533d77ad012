import { handsFor } from './admin-entry.ts';
import type { Hands } from './admin-entry.ts';
import { EntryNotPropagated } from './errors.ts';
import { seenAsExpected } from './journal-phases.ts';
import { takeLease, writeJournal } from './lease.ts';
import { endWithoutNewEntry, leaveToOwner } from './left-to-owner.ts';
import type { Ports } from './ports.ts';
import { recheck } from './recheck.ts';
import { readSameCluster } from './same-cluster.ts';
import type { PolicyAssociation } from './shapes.ts';
import { comparePolicies, readStanding } from './standing-entry.ts';
import { goOn, inspectAgain, StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import { sinceUnexpected } from './unexpected.ts';

/** What AssociatePolicies is told. */
export const AssociatePoliciesInput = StepInput;

/** What giving an entry its policies reaches. */
export type AssociatePorts = Pick<
  Ports,
  'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'policyAssociations'
>;

/** Gives our new entry the policies that the old one had, each in its own scope, and no other. Not for administrators. */
export function associatePolicies(input: StepInput, ports: AssociatePorts): Promise<StepResult> {
  return associateBy('others', input, ports);
}

/** The same by these hands. An entry that belongs into the other ones is inspected again, which sends it there. */
export async function associateBy(hands: Hands, input: StepInput, ports: AssociatePorts): Promise<StepResult> {
  const { entry } = input.journal;
  const looked = await lookAtNewEntry(hands, input, ports);
  if ('next' in looked) return looked;
  for (const [index, policy] of looked.missing.entries()) {
    // Each is a write of its own: an owner's own policy, a changed role or a lost lease stops the next one.
    const again = index === 0 ? looked : await lookAtNewEntry(hands, input, ports);
    if ('next' in again) return again;
    await ports.policyAssociations.associate(entry, policy);
  }
  return goOn;
}

/** Lease, cluster, principal, guard and our new entry, all of it read now; and the policies that it doesn't have yet. */
async function lookAtNewEntry(
  hands: Hands,
  input: StepInput,
  ports: AssociatePorts,
): Promise<{ readonly missing: readonly PolicyAssociation[] } | StepResult> {
  const { now } = input;
  const { ledger, accessEntries, settings } = ports;
  const held = await takeLease(input, ledger);
  if ('next' in held) return held;
  const { journal, key } = held;
  if (journal.phase !== 'created') return inspectAgain;
  const cluster = await readSameCluster(held, ports);
  if ('next' in cluster) return cluster;
  const checked = await recheck(held, now, 'the entry is back, but perhaps not all of its policies', ports);
  if ('next' in checked) return checked;
  const { snapshot } = checked;
  if (handsFor(snapshot) !== hands) return inspectAgain;

  const standing = await readStanding(key.entry, accessEntries);
  if (!standing) {
    const since = await sinceUnexpected(held, { now, ledger, settleSeconds: settings.settleSeconds });
    if (since === 'owner') {
      return endWithoutNewEntry(held, 'the owner deleted the new entry before it had its policies', ledger);
    }
    if (since !== 'wait') return since;
    throw new EntryNotPropagated(`EKS doesn't show the new entry of '${key.entry.principalArn}' yet; try again`);
  }
  if (standing.entry.entryArn !== journal.newEntryArn) {
    return leaveToOwner(
      held,
      snapshot,
      standing,
      'another entry stands where ours was made: its owner made it',
      ledger,
    );
  }
  const { missing, foreign } = comparePolicies(snapshot, standing.snapshot);
  if (foreign.length > 0) {
    const explanation = 'the new entry has policies or scopes that we did not give it: its owner did';
    return leaveToOwner(held, snapshot, standing, explanation, ledger);
  }

  const lease = await writeJournal(held, ledger, seenAsExpected(journal));
  if ('next' in lease) return lease;
  return { missing };
}
