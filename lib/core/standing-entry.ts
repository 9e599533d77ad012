import type { Journal } from './ledger.ts';
import type { AccessEntries, AccessEntry } from './ports.ts';
import type { EntryRef, PolicyAssociation, Snapshot } from './shapes.ts';
import { isSameJson } from './same-json.ts';
import { differences, takeSnapshot } from './snapshot.ts';
import { secondOf } from './times.ts';

/** An entry as it stands now. */
export interface Standing {
  readonly entry: AccessEntry;
  readonly snapshot: Snapshot;
}

/** Reads an entry with its policies, policies first: whoever compares then looks at the entry's ARN last. */
export async function readStanding(
  entry: EntryRef,
  accessEntries: Pick<AccessEntries, 'describe' | 'policies'>,
): Promise<Standing | undefined> {
  const policies = await accessEntries.policies(entry);
  const found = await accessEntries.describe(entry);
  return found && { entry: found, snapshot: takeSnapshot(found, policies) };
}

/** Whether it is the very entry of the snapshot, and nothing about it was changed since. */
export function isUnchanged({ snapshot }: Standing, was: Snapshot): boolean {
  return snapshot.entryArn === was.entryArn && differences(was, snapshot, { policies: true }).length === 0;
}

/** Whether it is what the journal's rebind is about: the entry of the snapshot, or the one that the snapshot is to replace. */
export function isAsPlanned(standing: Standing, { replaces }: Pick<Journal, 'replaces'>, snapshot: Snapshot): boolean {
  return isUnchanged(standing, replaces ?? snapshot);
}

/** Whether an entry looks as we would have made it: the same but for its policies, and made since. */
export function looksOurs({ snapshot }: Standing, was: Snapshot, since: string): boolean {
  return differences(was, snapshot, { policies: false }).length === 0 && isMadeSince(snapshot, since);
}

// EKS may cut its times to the second, ours have fractions: within the second counts as since.
function isMadeSince({ createdAt }: Snapshot, since: string): boolean {
  return secondOf(createdAt) >= secondOf(since);
}

/** The snapshot's policies that don't stand, and those that stand but not as in the snapshot. */
export function comparePolicies(
  was: Snapshot,
  is: Snapshot,
): { missing: PolicyAssociation[]; foreign: PolicyAssociation[] } {
  const standsAt = (policyArn: string) => is.policies.some((policy) => policy.policyArn === policyArn);
  return {
    missing: was.policies.filter(({ policyArn }) => !standsAt(policyArn)),
    foreign: is.policies.filter((policy) => !was.policies.some((wanted) => isSameJson(wanted, policy))),
  };
}
