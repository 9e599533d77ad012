import type { AuthenticationMode, ClusterStatus } from '@aws-sdk/client-eks';
import type { AccessEntry, EntryRef, Scope } from './access-entry.ts';
import { defaultGroups, defaultUsername } from './access-entry-defaults.ts';
import type { AwsAuthRow, Cluster } from './cluster.ts';
import type { EksState } from './eks-state.ts';
import { principalOf } from './principal-arn.ts';
import { randomUuid } from '../seeded-random.ts';

/** A cluster to start a world with. */
export interface ClusterSeed {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** @default 'API' */
  readonly authenticationMode?: AuthenticationMode;
  /** @default 'ACTIVE' */
  readonly status?: ClusterStatus;
  /** @default [] */
  readonly awsAuth?: readonly AwsAuthRow[];
  /** @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default now */
  readonly createdAt?: number;
}

/** An access entry to start a world with. */
export interface EntrySeed extends EntryRef {
  /** @default 'STANDARD' */
  readonly type?: string;
  /** @default what EKS gives an entry of that type */
  readonly username?: string;
  /** @default what EKS gives an entry of that type */
  readonly kubernetesGroups?: readonly string[];
  /** `aws:` tags, which no call may set, are taken too. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly policies?: readonly { readonly policyArn: string; readonly scope: Scope }[];
  /** The entry has been in effect since. @default now */
  readonly createdAt?: number;
  /** The unique id it is bound to. @default the id that the principal has now */
  readonly boundId?: string;
}

/** Puts a cluster into the world. */
export function addCluster(state: EksState, seed: ClusterSeed): Cluster {
  const partition = seed.partition ?? 'aws';
  const cluster: Cluster = {
    accountId: seed.accountId,
    region: seed.region,
    partition,
    name: seed.name,
    arn: `arn:${partition}:eks:${seed.region}:${seed.accountId}:cluster/${seed.name}`,
    createdAt: seed.createdAt ?? state.clock.now(),
    version: '1.34',
    roleArn: `arn:${partition}:iam::${seed.accountId}:role/${seed.name}-cluster`,
    vpcConfig: { subnetIds: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'] },
    life: { status: seed.status ?? 'ACTIVE' },
    authenticationMode: seed.authenticationMode ?? 'API',
    bootstrapClusterCreatorAdminPermissions: false,
    awsAuth: seed.awsAuth ?? [],
    tags: seed.tags ?? {},
  };
  state.putCluster(cluster);
  return cluster;
}

/** An entry as a world starts with it: in effect since it was made. */
export function addEntry(state: EksState, seed: EntrySeed): AccessEntry {
  const { accountId, region, clusterName, principalArn } = seed;
  const cluster = state.cluster(accountId, region, clusterName);
  if (!cluster) throw new Error(`no cluster '${clusterName}' in ${region} of ${accountId}`);
  const principal = principalOf(principalArn);
  const boundId = seed.boundId ?? state.iam.find(principal.accountId, principal.kind, principal.name)?.uniqueId;
  if (boundId === undefined) throw new Error(`no principal ${principalArn}: give the boundId that its entry holds`);
  const type = seed.type ?? 'STANDARD';
  const createdAt = seed.createdAt ?? state.clock.now();
  const username = seed.username ?? defaultUsername(type, principal);
  const kubernetesGroups = seed.kubernetesGroups ?? defaultGroups(type);
  return {
    ref: { accountId, region, clusterName, principalArn },
    arn: entryArn(cluster, principalArn, randomUuid(state.random)),
    type,
    sequence: state.nextSequence(),
    boundId,
    createdAt,
    modifiedAt: createdAt,
    associableFrom: createdAt,
    username,
    kubernetesGroups,
    tags: seed.tags ?? {},
    policies: (seed.policies ?? []).map(({ policyArn, scope }) => ({
      policyArn,
      scope,
      associatedAt: createdAt,
      modifiedAt: createdAt,
    })),
    mappings: [{ from: createdAt, username, kubernetesGroups }],
  };
}

/**
 * An entry's own ARN. Shape: aws-cli's examples/eks/create-access-entry.rst and terraform-aws-eks#3293. Whether a path is part of it
 * is said nowhere; the name alone, as IAM names are unique without it.
 */
export function entryArn(cluster: Cluster, principalArn: string, uuid: string): string {
  const { kind, accountId, name } = principalOf(principalArn);
  const resource = ['access-entry', cluster.name, kind, accountId, name, uuid].join('/');
  return `arn:${cluster.partition}:eks:${cluster.region}:${cluster.accountId}:${resource}`;
}
