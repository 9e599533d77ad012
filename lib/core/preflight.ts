import { handsFor } from './admin-entry.ts';
import type { Hands } from './admin-entry.ts';
import { CannotRecreate } from './errors.ts';
import { brokenInputRules } from './input-rules.ts';
import { takeLease, writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import { endWithoutEntry } from './left-to-owner.ts';
import type { Ports } from './ports.ts';
import { couldBeProbe, leaveDoubtful, takeBackProbe } from './probe.ts';
import { recheck } from './recheck.ts';
import { requestToken } from './request-token.ts';
import { readSameCluster } from './same-cluster.ts';
import { isSameJson } from './same-json.ts';
import { isAsPlanned, readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import type { EntryRef, Snapshot } from './shapes.ts';
import { goOn, inspectAgain, StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** What Preflight is told. */
export const PreflightInput = StepInput;

/** What trying to make an entry reaches. */
export type PreflightPorts = Pick<
  Ports,
  | 'settings'
  | 'ledger'
  | 'principals'
  | 'clusters'
  | 'accessEntries'
  | 'entryCreation'
  | 'entryDeletion'
  | 'policyAssociations'
>;

/** Makes sure, before anything is deleted, that EKS would let us make the entry again exactly as it is. Not for administrators. */
export function preflight(input: StepInput, ports: PreflightPorts): Promise<StepResult> {
  return preflightBy('others', input, ports);
}

/** The same by these hands. An entry that belongs into the other ones is inspected again, which sends it there. */
export async function preflightBy(hands: Hands, input: StepInput, ports: PreflightPorts): Promise<StepResult> {
  const { now } = input;
  const { ledger, accessEntries, entryCreation } = ports;
  const held = await takeLease(input, ledger);
  if ('next' in held) return held;
  if (isPastDelete(held.journal)) return goOn;
  const cluster = await readSameCluster(held, ports);
  if ('next' in cluster) return cluster;
  const checked = await recheck(held, now, '', ports);
  if ('next' in checked) return checked;
  const { snapshot } = checked;
  if (handsFor(snapshot) !== hands) return inspectAgain;
  const { entry } = held.key;

  const standing = await readStanding(entry, accessEntries);
  if (!standing) return endWithoutEntry(held, ledger);
  const token = requestToken('probe', held.key, snapshot);
  if (standing.entry.entryArn !== snapshot.entryArn) {
    // Either its owner made it anew, or our own probe did before its answer was lost: only the token can tell.
    if (held.journal.probeToken !== token) return inspectAgain;
    const made = await entryCreation.create(entry, snapshot, token);
    if (made !== 'in-use') return takeBackProbe(held, snapshot, made.entryArn, ports);
    return couldBeProbe(standing, snapshot, held.journal)
      ? leaveDoubtful(held, snapshot, standing, ports)
      : inspectAgain;
  }
  if (!isAsPlanned(standing, held.journal, snapshot)) return inspectAgain;
  refuseUnmakeable(entry, snapshot);

  const probing = await writeJournal(held, ledger, { ...held.journal, probeToken: token });
  if ('next' in probing) return probing;
  const made = await entryCreation.create(entry, snapshot, token);
  if (made !== 'in-use') return takeBackProbe(probing, snapshot, made.entryArn, ports);
  return tryPolicies(input, snapshot, ports);
}

/** Gives the entry each policy that it has already, and notes the entry's `modifiedAt` after that. */
async function tryPolicies(input: StepInput, snapshot: Snapshot, ports: PreflightPorts): Promise<StepResult> {
  const { ledger, policyAssociations } = ports;
  const { entry } = input.journal;
  for (const policy of snapshot.policies) {
    // Looked at before each: an owner's change of a scope must not be overwritten with what was there before.
    const looked = await lookAgain(input, snapshot, ports);
    if ('next' in looked) return looked;
    // An undo gives back what doesn't stand: to try that would be to give it.
    if (!looked.standing.snapshot.policies.some((one) => isSameJson(one, policy))) continue;
    await policyAssociations.associate(entry, policy);
  }
  const last = await lookAgain(input, snapshot, ports);
  if ('next' in last) return last;
  const { lease, standing } = last;
  const noted = await writeJournal(lease, ledger, { ...lease.journal, modifiedAt: standing.entry.modifiedAt });
  return 'next' in noted ? noted : goOn;
}

/** Lease, principal, guard and entry, all of it read again: what a write stands on. */
async function lookAgain(
  input: StepInput,
  snapshot: Snapshot,
  ports: PreflightPorts,
): Promise<{ readonly lease: Lease; readonly standing: Standing } | StepResult> {
  const { now } = input;
  const held = await takeLease(input, ports.ledger);
  if ('next' in held) return held;
  const checked = await recheck(held, now, '', ports);
  if ('next' in checked) return checked;
  const standing = await readStanding(held.key.entry, ports.accessEntries);
  if (!standing) return endWithoutEntry(held, ports.ledger);
  return isAsPlanned(standing, held.journal, snapshot) ? { lease: held, standing } : inspectAgain;
}

function refuseUnmakeable({ clusterName, principalArn }: EntryRef, snapshot: Snapshot): void {
  const broken = brokenInputRules(snapshot);
  if (broken.length === 0) return;
  throw new CannotRecreate(
    `the entry of '${principalArn}' in cluster '${clusterName}' can't be made again as it is: ${broken.join('; ')}; nothing was touched`,
  );
}
