import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { AccessEntry, EntryRef } from './access-entry.ts';
import { checkHasEntries } from './access-entry-types.ts';
import type { Cluster } from './cluster.ts';
import { clusterNamed, type EksState } from './eks-state.ts';

/** The cluster whose entries a call is about: one that has entries, and answers. */
export function clusterWithEntries(state: EksState, name: string, call: Call): Cluster {
  const cluster = clusterNamed(state, name, call);
  if (cluster.life.status !== 'ACTIVE' && cluster.life.status !== 'UPDATING') {
    // What EKS says of a cluster that is being made or deleted is not known; the words are those of its node group calls (moto).
    throw new AwsFault('InvalidRequestException', `Cluster '${name}' is not in ACTIVE status`, { clusterName: name });
  }
  checkHasEntries(cluster);
  return cluster;
}

/** The name of an entry in a cluster. */
export function entryRef({ accountId, region, name }: Cluster, principalArn: string): EntryRef {
  return { accountId, region, clusterName: name, principalArn };
}

/** What EKS says of an entry that is not there (terraform-aws-eks#3024). */
export function noSuchEntry(): AwsFault {
  return new AwsFault(
    'ResourceNotFoundException',
    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
  );
}

/** The entry a call names. ARNs compare byte by byte. */
export function entryNamed(state: EksState, clusterName: string, principalArn: string, call: Call): AccessEntry {
  const entry = state.entry(entryRef(clusterWithEntries(state, clusterName, call), principalArn));
  if (!entry) throw noSuchEntry();
  return entry;
}
