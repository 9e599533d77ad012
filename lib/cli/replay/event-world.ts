import { readPrincipalArn } from '../../local/eks/principal-arn.ts';
import type { EntrySeed } from '../../local/eks/world.ts';
import type { IamPrincipal } from '../../local/iam/iam-state.ts';
import { awsPrincipalsOf } from '../../local/iam/trust-policy.ts';
import { uniqueId } from '../../local/iam/unique-id.ts';
import type { Random } from '../../runtime.ts';
import { homeRegionOf } from './record-origin.ts';
import { keyOf, type PrincipalKind, type RecordedChange } from './recorded-change.ts';
import { accessPolicy, onlyIn, trusting, wholeCluster, type WorldPlan } from '../stage/world-plan.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// Every type of access entry that EKS knows (SDK, CreateAccessEntryRequest.type).
const ENTRY_TYPES = ['STANDARD', 'FARGATE_LINUX', 'EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

// A user's entry is STANDARD: nodes have roles (EKS user guide, "Create access entries").
const typesFor = (kind: PrincipalKind) => (kind === 'role' ? ENTRY_TYPES : ['STANDARD']);

const clusterNameFor = (type: string) => type.toLowerCase().replace('_', '-');

/** When the world of these records begins: an hour before the first, with every earlier incarnation alive. */
export const beginningOf = (changes: readonly RecordedChange[]): number =>
  Math.min(...changes.map(({ at }) => at)) - HOUR_MS;

/** The partition of an account's records: the principal's own ARN knows best. */
const partitionOfAll = (changes: readonly RecordedChange[]): string =>
  (changes.find(({ made }) => made?.uniqueId) ?? changes[0])?.partition ?? 'aws';

/** A world around one account's records: for each role or user an earlier incarnation, and an entry of each type that is bound to it. */
export function eventWorld(changes: readonly RecordedChange[], random: Random): WorldPlan {
  const accountId = changes[0]?.accountId ?? '';
  const partition = partitionOfAll(changes);
  const region = homeRegionOf(partition);
  const madeAt = beginningOf(changes) - 90 * DAY_MS;
  const own = [...byPrincipal(changes).values()].map((those) =>
    earlierIncarnation(those, { partition, accountId, madeAt }, random),
  );
  const entries = own.flatMap((principal) =>
    typesFor(principal.kind).map((type) => ({ ...entryOf(principal, type, region), createdAt: madeAt + DAY_MS })),
  );
  return {
    partition,
    accountId,
    homeRegion: region,
    regions: [region],
    principals: [...trusted(changes, own, madeAt, random), ...inOrderOfTrust(own)],
    clusters: ENTRY_TYPES.map((type) => {
      return { accountId, partition, region, name: clusterNameFor(type), authenticationMode: 'API', createdAt: madeAt };
    }),
    entries,
  };
}

/** The changes of each role and user that has a name. */
function byPrincipal(changes: readonly RecordedChange[]): Map<string, RecordedChange[]> {
  return Map.groupBy(
    changes.filter(({ name }) => name),
    keyOf,
  );
}

/** The role or user as it was before the records: with the path and trust policy of the first record that tells of one. */
function earlierIncarnation(
  own: readonly RecordedChange[],
  where: { partition: string; accountId: string; madeAt: number },
  random: Random,
): IamPrincipal {
  // What a failed call asked for was never so, but is better than nothing.
  const [first] = [...own.filter(({ made, failed }) => made && !failed), ...own.filter(({ made }) => made), ...own];
  const { partition, accountId, madeAt } = where;
  const name = first?.name ?? '';
  const kind = first?.kind ?? 'role';
  const path = first?.made?.path ?? '/';
  const trustPolicy =
    own.filter(({ failed }) => !failed).find(({ made }) => made?.trustPolicy)?.made?.trustPolicy ??
    own.find(({ made }) => made?.trustPolicy)?.made?.trustPolicy ??
    trusting({ Service: 'ec2.amazonaws.com' });
  const boundary = first?.made?.permissionsBoundary;
  return {
    kind,
    partition,
    accountId,
    name,
    path,
    ...(kind === 'role' && { trustPolicy }),
    arn: `arn:${partition}:iam::${accountId}:${kind}${path}${name}`,
    uniqueId: uniqueId(kind === 'role' ? 'AROA' : 'AIDA', random),
    createDate: madeAt,
    tags: first?.made?.tags ?? {},
    ...(boundary && { permissionsBoundary: boundary }),
  };
}

/** Roles and users that the trust policies name, and that no record makes. */
function trusted(
  changes: readonly RecordedChange[],
  own: readonly IamPrincipal[],
  createDate: number,
  random: Random,
): IamPrincipal[] {
  const known = new Set(own.map(({ accountId, kind, name }) => `${accountId}/${kind}/${name.toLowerCase()}`));
  const found = new Map<string, IamPrincipal>();
  for (const arn of changes.flatMap(({ made }) => awsPrincipalsOf(made?.trustPolicy ?? ''))) {
    const parts = readPrincipalArn(sessionsRole(arn));
    if (!parts) continue;
    const key = `${parts.accountId}/${parts.kind}/${parts.name.toLowerCase()}`;
    if (known.has(key) || found.has(key)) continue;
    const id = uniqueId(parts.kind === 'role' ? 'AROA' : 'AIDA', random);
    const trust = parts.kind === 'role' ? { trustPolicy: trusting({ Service: 'ec2.amazonaws.com' }) } : {};
    found.set(key, { ...parts, arn: sessionsRole(arn), uniqueId: id, createDate, tags: {}, ...trust });
  }
  return [...found.values()];
}

/** A trust policy may name a session of a role: then it is the role that has to be there. */
const sessionsRole = (arn: string) =>
  arn.replace(/^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');

/** Those that others trust come first: IAM looks their ids up when the others' policies are written. */
function inOrderOfTrust(all: readonly IamPrincipal[]): IamPrincipal[] {
  const named = new Set(all.flatMap(({ trustPolicy }) => awsPrincipalsOf(trustPolicy ?? '')));
  return [...all.filter(({ arn }) => named.has(arn)), ...all.filter(({ arn }) => !named.has(arn))];
}

function entryOf({ kind, partition, accountId, arn, name }: IamPrincipal, type: string, region: string): EntrySeed {
  const seed = { accountId, region, clusterName: clusterNameFor(type), principalArn: arn, type };
  const policy = (policyName: string) => accessPolicy(partition, policyName);
  const tags = { owner: 'platform', 'cost-center': '4711' };
  if (type === 'EC2') {
    return { ...seed, tags, policies: [{ policyArn: policy('AmazonEKSAutoNodePolicy'), scope: wholeCluster }] };
  }
  if (type !== 'STANDARD') return { ...seed, tags };
  return {
    ...seed,
    tags,
    username: kind === 'role' ? 'team:{{SessionName}}' : `team:${name}`,
    kubernetesGroups: ['team:developers'],
    policies: [
      { policyArn: policy('AmazonEKSViewPolicy'), scope: wholeCluster },
      { policyArn: policy('AmazonEKSEditPolicy'), scope: onlyIn('shop') },
    ],
  };
}
