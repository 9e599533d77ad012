import type { AuthenticationMode } from '@aws-sdk/client-eks';
import type { Clock, Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { AccessEntry, EntryRef } from './access-entry.ts';
import type { EksBehaviour } from './behaviour.ts';
import type { AwsAuthRow, Cluster } from './cluster.ts';
import type { IamView, KeyHolders } from './iam-view.ts';
import { newNodegroup, type Nodegroup, type NodegroupSeed } from './nodegroup.ts';
import { addCluster, addEntry, type ClusterSeed, type EntrySeed } from './world.ts';

/** One change of an entry, and the key that made it: what a test needs to prove that nothing else was touched. */
interface EntryChange {
  readonly at: number;
  readonly ref: EntryRef;
  readonly entryArn: string;
  readonly operation: string;
  readonly accessKeyId: string;
  readonly callerArn: string;
  readonly requestId: string;
}

/** An entry that a `clientRequestToken` of CreateAccessEntry made, and from what. */
interface TokenUse {
  readonly parameters: string;
  readonly entryArn: string;
}

/** Clusters and access entries of every account and region. */
export interface EksState {
  readonly clock: Clock;
  readonly random: Random;
  readonly behaviour: EksBehaviour;
  readonly iam: IamView;
  readonly credentials: KeyHolders;
  readonly changes: readonly EntryChange[];
  readonly tokens: Map<string, TokenUse>;
  /** The next place in a list. */
  nextSequence(): number;
  cluster(accountId: string, region: string, name: string): Cluster | undefined;
  clusters(): readonly Cluster[];
  putCluster(cluster: Cluster): void;
  entry(ref: EntryRef): AccessEntry | undefined;
  /** All entries, or those of one cluster, oldest first. */
  entries(cluster?: Pick<Cluster, 'accountId' | 'region' | 'name'>): readonly AccessEntry[];
  putEntry(entry: AccessEntry, operation: string, call: Call): void;
  removeEntry(entry: AccessEntry, operation: string, call: Call): void;
  /** The changes that calls made to one entry's place, oldest first. */
  changesOf(ref: EntryRef): readonly EntryChange[];
  /** Puts a cluster into the world, as if it had always been there. */
  addCluster(seed: ClusterSeed): Cluster;
  /** Puts an entry into the world; no change is recorded. */
  addEntry(seed: EntrySeed): AccessEntry;
  /** The managed node groups of a cluster. */
  nodegroups(cluster: Cluster): readonly Nodegroup[];
  /** Puts a node group into the world. No entry comes with it, as EKS would make one. */
  addNodegroup(seed: NodegroupSeed): Nodegroup;
  setAuthenticationMode(cluster: Pick<Cluster, 'accountId' | 'region' | 'name'>, mode: AuthenticationMode): void;
  setAwsAuth(cluster: Pick<Cluster, 'accountId' | 'region' | 'name'>, rows: readonly AwsAuthRow[]): void;
}

/** What an EKS state is made of. */
export interface EksWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly behaviour: EksBehaviour;
  readonly iam: IamView;
  readonly credentials: KeyHolders;
}

const clusterKey = (accountId: string, region: string, name: string) => [accountId, region, name].join('|');
const entryKey = (ref: EntryRef) => [ref.accountId, ref.region, ref.clusterName, ref.principalArn].join('|');

/** A world without clusters. */
export function createEksState(world: EksWorld): EksState {
  const clusters = new Map<string, Cluster>();
  const entries = new Map<string, AccessEntry>();
  const nodegroups = new Map<string, readonly Nodegroup[]>();
  const changes: EntryChange[] = [];
  let sequence = 0;

  const record = (entry: AccessEntry, operation: string, call: Call) =>
    changes.push({
      at: world.clock.now(),
      ref: entry.ref,
      entryArn: entry.arn,
      operation,
      accessKeyId: call.caller.accessKeyId,
      callerArn: call.caller.arn,
      requestId: call.requestId,
    });

  /** Clusters change status by themselves: looked at, a cluster is first brought up to date. */
  const current = (key: string): Cluster | undefined => {
    const cluster = clusters.get(key);
    const next = cluster?.life.next;
    if (!cluster || !next || world.clock.now() < next.at) return cluster;
    if (next.status === 'gone') {
      clusters.delete(key);
      for (const entry of state.entries(cluster)) entries.delete(entryKey(entry.ref));
      return undefined;
    }
    const settled: Cluster = { ...cluster, life: { status: next.status } };
    clusters.set(key, settled);
    return settled;
  };

  const change = (where: Pick<Cluster, 'accountId' | 'region' | 'name'>, changed: Partial<Cluster>) => {
    const cluster = state.cluster(where.accountId, where.region, where.name);
    if (!cluster) throw new Error(`no cluster '${where.name}' in ${where.region} of ${where.accountId}`);
    state.putCluster({ ...cluster, ...changed });
  };

  const state: EksState = {
    ...world,
    changes,
    tokens: new Map(),
    nextSequence: () => (sequence += 1),
    cluster: (accountId, region, name) => current(clusterKey(accountId, region, name)),
    clusters: () => [...clusters.keys()].flatMap((key) => current(key) ?? []),
    putCluster: (cluster) => void clusters.set(clusterKey(cluster.accountId, cluster.region, cluster.name), cluster),
    entry: (ref) => entries.get(entryKey(ref)),
    entries: (cluster) =>
      [...entries.values()]
        .filter(
          ({ ref }) =>
            !cluster ||
            (ref.accountId === cluster.accountId && ref.region === cluster.region && ref.clusterName === cluster.name),
        )
        .toSorted((one, other) => one.sequence - other.sequence),
    putEntry(entry, operation, call) {
      entries.set(entryKey(entry.ref), entry);
      record(entry, operation, call);
    },
    removeEntry(entry, operation, call) {
      entries.delete(entryKey(entry.ref));
      record(entry, operation, call);
    },
    changesOf: (ref) => changes.filter((made) => entryKey(made.ref) === entryKey(ref)),
    addCluster: (seed) => addCluster(state, seed),
    addEntry(seed) {
      const entry = addEntry(state, seed);
      entries.set(entryKey(entry.ref), entry);
      return entry;
    },
    nodegroups: ({ accountId, region, name }) => nodegroups.get(clusterKey(accountId, region, name)) ?? [],
    addNodegroup(seed) {
      const { accountId, region, clusterName } = seed;
      const cluster = state.cluster(accountId, region, clusterName);
      if (!cluster) throw new Error(`no cluster '${clusterName}' in ${region} of ${accountId}`);
      const nodegroup = newNodegroup(cluster, seed);
      nodegroups.set(clusterKey(accountId, region, clusterName), [...state.nodegroups(cluster), nodegroup]);
      return nodegroup;
    },
    setAuthenticationMode: (cluster, authenticationMode) => change(cluster, { authenticationMode }),
    setAwsAuth: (cluster, awsAuth) => change(cluster, { awsAuth }),
  };
  return state;
}

/** The cluster a call names, in the caller's account and the call's region. */
export function clusterNamed(state: EksState, name: string, call: Call): Cluster {
  const cluster = state.cluster(call.caller.accountId, call.region, name);
  if (cluster) return cluster;
  // Literal text: moto's constants, "obtained through cURL responses from the actual APIs" (moto/eks/models.py).
  throw new AwsFault('ResourceNotFoundException', `No cluster found for name: ${name}.`, { clusterName: name });
}
