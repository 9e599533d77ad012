import { readPrincipalArn } from '../../local/eks/principal-arn.ts';
import type { EntrySeed } from '../../local/eks/world.ts';
import type { IamPrincipal } from '../../local/iam/iam-state.ts';
import { awsPrincipalsOf } from '../../local/iam/trust-policy.ts';
import { uniqueId } from '../../local/iam/unique-id.ts';
import type { Random } from '../../runtime.ts';
import { homeRegionOf } from './record-origin.ts';
import type { RecordedChange } from './recorded-change.ts';
import { accessPolicy, onlyIn, trusting, wholeCluster, type WorldPlan } from '../stage/world-plan.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// Every type of access entry that EKS knows (SDK, CreateAccessEntryRequest.type).
const ENTRY_TYPES = ['STANDARD', 'FARGATE_LINUX', 'EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

const clusterNameFor = (type: string) => type.toLowerCase().replace('_', '-');

/** When the world of these records begins: an hour before the first, with every earlier incarnation alive. */
export const beginningOf = (changes: readonly RecordedChange[]): number =>
  Math.min(...changes.map(({ at }) => at)) - HOUR_MS;

/** The partition of an account's records: a role's own ARN knows best. */
const partitionOfAll = (changes: readonly RecordedChange[]): string =>
  (changes.find(({ made }) => made?.roleId) ?? changes[0])?.partition ?? 'aws';

/** A world around one account's records: for each role an earlier incarnation, and an entry of each type that is bound to it. */
export function eventWorld(changes: readonly RecordedChange[], random: Random): WorldPlan {
  const accountId = changes[0]?.accountId ?? '';
  const partition = partitionOfAll(changes);
  const region = homeRegionOf(partition);
  const madeAt = beginningOf(changes) - 90 * DAY_MS;
  const roles = [...byRole(changes).values()].map((own) =>
    earlierIncarnation(own, { partition, accountId, madeAt }, random),
  );
  const entries = roles.flatMap((role) =>
    ENTRY_TYPES.map((type) => ({ ...entryOf(role, type, region), createdAt: madeAt + DAY_MS })),
  );
  return {
    partition,
    accountId,
    homeRegion: region,
    regions: [region],
    principals: [...trusted(changes, roles, madeAt, random), ...inOrderOfTrust(roles)],
    clusters: ENTRY_TYPES.map((type) => {
      return { accountId, partition, region, name: clusterNameFor(type), authenticationMode: 'API', createdAt: madeAt };
    }),
    entries,
  };
}

/** The changes of each role that has a name; names that differ only in case are one role's. */
function byRole(changes: readonly RecordedChange[]): Map<string, RecordedChange[]> {
  const roles = new Map<string, RecordedChange[]>();
  for (const change of changes) {
    if (!change.roleName) continue;
    const key = change.roleName.toLowerCase();
    roles.set(key, [...(roles.get(key) ?? []), change]);
  }
  return roles;
}

/** The role as it was before the records: with the path and trust policy of the first record that tells of one. */
function earlierIncarnation(
  own: readonly RecordedChange[],
  where: { partition: string; accountId: string; madeAt: number },
  random: Random,
): IamPrincipal {
  // What a failed call asked for was never so, but is better than nothing.
  const [first] = [...own.filter(({ made, failed }) => made && !failed), ...own.filter(({ made }) => made), ...own];
  const { partition, accountId, madeAt } = where;
  const name = first?.roleName ?? '';
  const path = first?.made?.path ?? '/';
  const trustPolicy =
    own.filter(({ failed }) => !failed).find(({ made }) => made?.trustPolicy)?.made?.trustPolicy ??
    own.find(({ made }) => made?.trustPolicy)?.made?.trustPolicy ??
    trusting({ Service: 'ec2.amazonaws.com' });
  const boundary = first?.made?.permissionsBoundary;
  return {
    kind: 'role',
    partition,
    accountId,
    name,
    path,
    trustPolicy,
    arn: `arn:${partition}:iam::${accountId}:role${path}${name}`,
    uniqueId: uniqueId('AROA', random),
    createDate: madeAt,
    tags: first?.made?.tags ?? {},
    ...(boundary && { permissionsBoundary: boundary }),
  };
}

/** Roles and users that the trust policies name, and that no record makes. */
function trusted(
  changes: readonly RecordedChange[],
  roles: readonly IamPrincipal[],
  createDate: number,
  random: Random,
): IamPrincipal[] {
  const own = new Set(roles.map(({ accountId, name }) => `${accountId}/role/${name.toLowerCase()}`));
  const found = new Map<string, IamPrincipal>();
  for (const arn of changes.flatMap(({ made }) => awsPrincipalsOf(made?.trustPolicy ?? ''))) {
    const parts = readPrincipalArn(sessionsRole(arn));
    if (!parts) continue;
    const key = `${parts.accountId}/${parts.kind}/${parts.name.toLowerCase()}`;
    if (own.has(key) || found.has(key)) continue;
    const id = uniqueId(parts.kind === 'role' ? 'AROA' : 'AIDA', random);
    const trust = parts.kind === 'role' ? { trustPolicy: trusting({ Service: 'ec2.amazonaws.com' }) } : {};
    found.set(key, { ...parts, arn: sessionsRole(arn), uniqueId: id, createDate, tags: {}, ...trust });
  }
  return [...found.values()];
}

/** A trust policy may name a session of a role: then it is the role that has to be there. */
const sessionsRole = (arn: string) =>
  arn.replace(/^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');

/** Roles that others trust come first: IAM looks their ids up when the others' policies are written. */
function inOrderOfTrust(roles: readonly IamPrincipal[]): IamPrincipal[] {
  const named = new Set(roles.flatMap(({ trustPolicy }) => awsPrincipalsOf(trustPolicy ?? '')));
  return [...roles.filter(({ arn }) => named.has(arn)), ...roles.filter(({ arn }) => !named.has(arn))];
}

function entryOf({ partition, accountId, arn }: IamPrincipal, type: string, region: string): EntrySeed {
  const seed = { accountId, region, clusterName: clusterNameFor(type), principalArn: arn, type };
  const policy = (name: string) => accessPolicy(partition, name);
  const tags = { owner: 'platform', 'cost-center': '4711' };
  if (type === 'EC2') {
    return { ...seed, tags, policies: [{ policyArn: policy('AmazonEKSAutoNodePolicy'), scope: wholeCluster }] };
  }
  if (type !== 'STANDARD') return { ...seed, tags };
  return {
    ...seed,
    tags,
    username: 'team:{{SessionName}}',
    kubernetesGroups: ['team:developers'],
    policies: [
      { policyArn: policy('AmazonEKSViewPolicy'), scope: wholeCluster },
      { policyArn: policy('AmazonEKSEditPolicy'), scope: onlyIn('shop') },
    ],
  };
}
