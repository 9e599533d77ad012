import type { EntryRef } from '../../lib/core/shapes.ts';
import { uniqueId } from '../../lib/local/iam/unique-id.ts';
import type { LocalAws } from '../../lib/local/index.ts';
import { createSeededRandom } from '../../lib/local/index.ts';
import {
  ACCOUNT,
  type ClusterOfWorld,
  type EntryOfWorld,
  NODE_TRUST,
  type RoleSeed,
  type SimulationOptions,
  START,
} from './world-options.ts';

const DAY = 86_400;

/** Names in a world, as its options leave them to be completed. */
export interface Names {
  readonly partition: string;
  readonly region: string;
  readonly clusterName: string;
  readonly roleArn: (name: string) => string;
  readonly entry: (role: string, cluster?: string, region?: string) => EntryRef;
  readonly clusterArn: (cluster?: string, region?: string) => string;
}

/** Puts a world into a local AWS, as if it had stood there for long; answers the names in it. */
export function buildWorld(aws: LocalAws, options: SimulationOptions, defaultRegion: string): Names {
  const { partition = 'aws', roles = [{ name: 'nodes' }], clusters = [{ name: 'prod' }], regions = [] } = options;
  const region = regions[0] ?? defaultRegion;
  const clusterName = clusters[0]?.name ?? 'prod';
  const paths = new Map(roles.map(({ name, path = '/' }) => [name, path]));
  const names: Names = {
    partition,
    region,
    clusterName,
    roleArn: (name) => `arn:${partition}:iam::${ACCOUNT}:role${paths.get(name) ?? '/'}${name}`,
    entry: (role, cluster = clusterName, where = region) => ({
      accountId: ACCOUNT,
      region: where,
      clusterName: cluster,
      principalArn: names.roleArn(role),
    }),
    clusterArn: (cluster = clusterName, where = region) =>
      `arn:${partition}:eks:${where}:${ACCOUNT}:cluster/${cluster}`,
  };
  const random = createSeededRandom(options.seed ?? 1);
  for (const role of roles) putRole(aws, role, names, uniqueId('AROA', random));
  for (const cluster of clusters) putCluster(aws, cluster, names);
  for (const entry of options.entries ?? everyRoleEverywhere(roles, clusters)) putEntry(aws, entry, names);
  return names;
}

function everyRoleEverywhere(roles: readonly RoleSeed[], clusters: readonly ClusterOfWorld[]): EntryOfWorld[] {
  return roles.flatMap(({ name: role }) =>
    clusters
      .filter(({ mode }) => mode !== 'CONFIG_MAP')
      .map(({ name: cluster, region }) => ({ role, cluster, ...(region && { region }) })),
  );
}

function putRole(aws: LocalAws, role: RoleSeed, { partition, roleArn }: Names, id: string): void {
  const { name, path = '/', trust = NODE_TRUST, tags = {} } = role;
  const common = { kind: 'role', partition, accountId: ACCOUNT, name, path, arn: roleArn(name) } as const;
  const createDate = START - 30 * DAY * 1000;
  aws.iam.put({ ...common, uniqueId: id, createDate, trustPolicy: JSON.stringify(trust), tags });
}

function putCluster(aws: LocalAws, cluster: ClusterOfWorld, { partition, region }: Names): void {
  const { name, mode = 'API', status = 'ACTIVE' } = cluster;
  const where = { partition, accountId: ACCOUNT, region: cluster.region ?? region, name };
  aws.eks.state.addCluster({ ...where, authenticationMode: mode, status, createdAt: START - 20 * DAY * 1000 });
}

function putEntry(aws: LocalAws, seed: EntryOfWorld, names: Names): void {
  const { type = 'EC2_LINUX', tags = { made: 'by-terraform' }, ageSeconds = DAY, policies = {} } = seed;
  aws.eks.state.addEntry({
    ...names.entry(seed.role, seed.cluster, seed.region),
    type,
    tags,
    createdAt: START - ageSeconds * 1000,
    ...(seed.username && { username: seed.username }),
    ...(seed.groups && { kubernetesGroups: seed.groups }),
    policies: Object.entries(policies).map(([policy, namespaces]) => ({
      policyArn: `arn:${names.partition}:eks::aws:cluster-access-policy/${policy}`,
      scope: { type: namespaces.length > 0 ? 'namespace' : 'cluster', namespaces },
    })),
  });
}
