import { memoryLedger } from '../../../../lib/aws/memory-ledger.ts';
import { EntryNotPropagated, PrincipalNotPropagated } from '../../../../lib/core/errors.ts';
import type { AccessEntry, Announcement, Cluster, Ports, PrincipalReading } from '../../../../lib/core/ports.ts';
import { principalKey } from '../../../../lib/core/principal.ts';
import type { RebindInput, RebindStatus } from '../../../../lib/core/ports.ts';
import type { EntryRef, Place, PolicyAssociation } from '../../../../lib/core/shapes.ts';
import { tapped } from './tap.ts';
import type { Tap } from './tap.ts';

/** How a delete goes; undefined: it deletes and says so. */
type NextDelete = (remove: () => unknown) => 'unclear' | 'already-gone' | undefined;

/** An entry with what EKS hides: the id it is bound to. */
export interface FakeEntry {
  readonly entry: AccessEntry;
  readonly policies: PolicyAssociation[];
  readonly boundId: string;
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
const CLUSTER = 'orders';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/team/readers`;
export const PLACE: Place = { accountId: ACCOUNT, region: REGION };
export const REF: EntryRef = { ...PLACE, clusterName: CLUSTER, principalArn: ROLE_ARN };
export const PRINCIPAL = { partition: 'aws', accountId: ACCOUNT, kind: 'role', name: 'readers' } as const;
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
});
export const VIEW: PolicyAssociation = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
  accessScope: { type: 'cluster' },
};
export const EDIT: PolicyAssociation = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy',
  accessScope: { type: 'namespace', namespaces: ['shop', 'till'] },
};
export const ADMIN: PolicyAssociation = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  accessScope: { type: 'cluster' },
};

const placeKey = ({ accountId, region }: Place) => `${accountId}/${region}/`;
const clusterKey = (place: Place, clusterName: string) => `${placeKey(place)}${clusterName}`;
const keyOf = ({ clusterName, principalArn, ...place }: EntryRef) =>
  `${clusterKey(place, clusterName)}/${principalArn}`;

/** IAM, EKS and Step Functions as plain state, without lag; each port call can be watched, killed or preceded by an owner. */
export function fakeWorld(tap: Tap = {}) {
  let entriesMade = 0;
  const clusters = new Map<string, Cluster>();
  const entries = new Map<string, FakeEntry>();
  const principals = new Map<string, PrincipalReading>();
  const tokens = new Map<string, string>();
  const executions = new Map<string, { input: RebindInput; status: RebindStatus }>();
  const announced: Announcement[] = [];
  const notified: Parameters<Ports['notifications']['notify']>[0][] = [];
  const answered: { taskToken: string; output?: unknown; failure?: { error: string; cause: string } }[] = [];
  const recorded: Parameters<Ports['metrics']['record']>[0][] = [];
  const deletes: NextDelete[] = [];
  const world = { now: '2026-03-01T08:00:00.000Z', tick: (seconds: number) => tick(seconds) };

  function tick(seconds: number): string {
    world.now = new Date(Date.parse(world.now) + seconds * 1000).toISOString();
    return world.now;
  }
  function putCluster(changes: Partial<Cluster> = {}, region = REGION, accountId = ACCOUNT): void {
    const name = changes.name ?? CLUSTER;
    clusters.set(clusterKey({ accountId, region }, name), {
      name,
      arn: `arn:aws:eks:${region}:${accountId}:cluster/${name}`,
      status: 'ACTIVE',
      authenticationMode: 'API',
      createdAt: '2025-01-01T00:00:00.000Z',
      ...changes,
    });
  }

  function putRole(principalId: string, changes: Partial<PrincipalReading> = {}): PrincipalReading {
    const createdAt = world.now.replace(/\.\d+Z$/, '.000Z');
    const reading = { arn: ROLE_ARN, principalId, createdAt, path: '/team/', tags: {}, trustPolicy: TRUST, ...changes };
    principals.set(principalKey(PRINCIPAL), reading);
    return reading;
  }

  function putEntry(
    changes: Partial<AccessEntry> = {},
    policies: readonly PolicyAssociation[] = [],
    ref = REF,
  ): FakeEntry {
    entriesMade += 1;
    const entryArn = `arn:aws:eks:${ref.region}:${ACCOUNT}:access-entry/${ref.clusterName}/role/${ACCOUNT}/readers/${entriesMade}`;
    const type = changes.type ?? 'STANDARD';
    const isNode = type !== 'STANDARD';
    const made: FakeEntry = {
      entry: {
        entryArn,
        principalArn: ref.principalArn,
        createdAt: world.now,
        modifiedAt: world.now,
        username: isNode
          ? 'system:node:{{EC2PrivateDNSName}}'
          : `arn:aws:sts::${ACCOUNT}:assumed-role/readers/{{SessionName}}`,
        kubernetesGroups: isNode ? ['system:nodes'] : [],
        tags: {},
        ...changes,
        type,
      },
      policies: policies.map((policy) => structuredClone(policy)),
      boundId: principals.get(principalKey(PRINCIPAL))?.principalId ?? 'nobody',
    };
    entries.set(keyOf(ref), made);
    return made;
  }

  function changeEntry(changes: Partial<AccessEntry>, policies?: readonly PolicyAssociation[]): void {
    const found = entries.get(keyOf(REF));
    if (!found) throw new Error('there is no entry to change');
    const entry = { ...found.entry, modifiedAt: tick(1), ...changes };
    entries.set(keyOf(REF), { ...found, entry, policies: [...(policies ?? found.policies)] });
  }

  const ports: Ports = {
    settings: {
      regions: [REGION],
      mode: 'rebind',
      adminEntries: 'ask',
      settleSeconds: 120,
      settleReads: 4,
      optOutTag: 'eks-rebind:opt-out',
      optOut: [],
      trustedCreators: [],
      approvers: [],
      approvalSeconds: 259_200,
      cap: 50,
      breaker: 3,
      orphans: 'report',
      graceSeconds: 86_400,
      ownerGraceSeconds: 300,
      memberAccounts: [],
      externalId: 'eks-rebind',
    },
    ownAccount: { accountId: ACCOUNT },
    ledger: memoryLedger(),
    clusters: {
      list: async (place) =>
        [...clusters].filter(([key]) => key.startsWith(placeKey(place))).map(([, { name }]) => name),
      describe: async (place, clusterName) => clusters.get(clusterKey(place, clusterName)),
    },
    accessEntries: {
      list: async (place, clusterName) =>
        [...entries]
          .filter(([key]) => key.startsWith(`${clusterKey(place, clusterName)}/`))
          .map(([, { entry }]) => entry.principalArn),
      describe: async (ref) => entries.get(keyOf(ref))?.entry,
      policies: async (ref) => [...(entries.get(keyOf(ref))?.policies ?? [])],
    },
    principals: { read: async (principal) => principals.get(principalKey(principal)) },
    entryCreation: {
      create: async (ref, snapshot, token) => {
        const standing = entries.get(keyOf(ref));
        if (standing && tokens.get(token) === standing.entry.entryArn) return { entryArn: standing.entry.entryArn };
        if (!principals.has(principalKey(PRINCIPAL))) throw new PrincipalNotPropagated('invalid principal');
        if (standing) return 'in-use';
        const { type, username, kubernetesGroups, tags } = snapshot;
        tick(1);
        const made = putEntry(
          { type, tags, ...(username && { username }), ...(kubernetesGroups && { kubernetesGroups }) },
          [],
          ref,
        );
        tokens.set(token, made.entry.entryArn);
        return { entryArn: made.entry.entryArn };
      },
    },
    entryDeletion: {
      delete: async (ref) => {
        const remove = () => (entries.delete(keyOf(ref)) ? 'deleted' : 'already-gone');
        return deletes.shift()?.(remove) ?? remove();
      },
    },
    policyAssociations: {
      associate: async (ref, policy) => {
        const found = entries.get(keyOf(ref));
        if (!found) throw new EntryNotPropagated('The specified principalArn could not be found.');
        const others = found.policies.filter(({ policyArn }) => policyArn !== policy.policyArn);
        entries.set(keyOf(ref), { ...found, policies: [...others, policy] });
      },
    },
    rebinds: {
      executionArn: (name) => `arn:aws:states:${REGION}:${ACCOUNT}:execution:rebind-entry:${name}`,
      start: async (name, input) => {
        if (executions.has(name)) return 'already-exists';
        executions.set(name, { input, status: { status: 'RUNNING' } });
        return 'started';
      },
      describe: async (name) => executions.get(name)?.status ?? { status: 'FAILED' },
    },
    announcements: { announce: async (announcement) => void announced.push(announcement) },
    answering: { url: 'https://answers.lambda-url.us-east-1.on.aws/' },
    notifications: { notify: async (notification) => void notified.push(notification) },
    taskTokens: {
      succeed: async (taskToken, output) => {
        answered.push({ taskToken, output });
        return 'sent' as const;
      },
    },
    allPrincipals: {
      list: async (accountId) => [...principals.values()].filter(({ arn }) => arn.split(':')[4] === accountId),
    },
    instanceProfiles: { holding: async () => ['eks-nodes'] },
    stackResponses: { answer: async () => {} },
    runningRebinds: { names: async () => [] },
    metrics: { record: (values) => void recorded.push(values) },
    heartbeat: { beat: async () => 'denied' as const },
  };

  return {
    world,
    tick,
    clusters,
    entries,
    principals,
    executions,
    announced,
    notified,
    /** What was recorded for CloudWatch, line by line. */
    recorded,
    answered,
    tokens,
    /** How the next deletes go, one after the other; after that they just delete. */
    deletes,
    putCluster,
    putRole,
    putEntry,
    changeEntry,
    removeEntry: () => entries.delete(keyOf(REF)),
    removeRole: () => principals.delete(principalKey(PRINCIPAL)),
    standing: (ref = REF) => entries.get(keyOf(ref)),
    /** The bare ports, for what the story does itself. */
    bare: ports,
    ports: tapped(ports, tap),
  };
}
export type FakeWorld = ReturnType<typeof fakeWorld>;
