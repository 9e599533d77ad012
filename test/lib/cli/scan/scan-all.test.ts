import { describe, expect, test } from 'vitest';
import { scanAll, type ScanAllOptions } from '../../../../lib/cli/scan/scan-all.ts';
import type { ScanResult } from '../../../../lib/cli/scan/scan-result.ts';
import type { Session } from '../../../../lib/cli/session/session.ts';
import { allowing } from '../../local/allowing.ts';
import { ACCOUNT, REGION, roleArn, scannedWorld, VIEW } from './scanned-world.ts';

type World = ReturnType<typeof scannedWorld>;
const HOME = 'us-east-1';

async function scanned(world: World, options: Partial<ScanAllOptions> = {}, opened?: Session): Promise<ScanResult> {
  const session = opened ?? (await world.session({ region: [REGION, HOME] }));
  return world.run(() => scanAll(session, { concurrency: 8, ...options }));
}

/** A node role that was made anew two hours ago under an entry in each of two regions, and one that wasn't. */
function worldWithStale() {
  const world = scannedWorld();
  world.putRole('nodes', { ageHours: 2 });
  world.putRole('deployer');
  world.putCluster('prod');
  world.putCluster('test', { region: HOME });
  world.putEntry('prod', 'nodes', { type: 'EC2_LINUX' });
  world.putEntry('prod', 'deployer', { policies: [{ policyArn: VIEW, scope: { type: 'cluster', namespaces: [] } }] });
  world.putEntry('test', 'nodes', { region: HOME });
  return world;
}

const regionIs = (region: string) => (call: { readonly region: string }) => call.region === region;
const isAbout = (role: string) => (_: unknown, input: Readonly<Record<string, unknown>>) =>
  input['principalArn'] === roleArn(role);

const verdicts = ({ entries }: ScanResult) =>
  Object.fromEntries(entries.map((one) => [`${one.clusterName} ${one.principalArn.split('/').at(-1)}`, one.verdict]));

describe('a scan', () => {
  test('judges every entry of every region, in the order of their places', async () => {
    const { entries, notEvaluated, summary } = await scanned(worldWithStale());
    expect(entries.map(({ clusterName, principalArn }) => [clusterName, principalArn])).toEqual([
      ['prod', roleArn('deployer')],
      ['prod', roleArn('nodes')],
      ['test', roleArn('nodes')],
    ]);
    expect(notEvaluated).toEqual([]);
    expect(summary).toEqual({
      accountId: ACCOUNT,
      regions: [REGION, HOME],
      clusters: 2,
      entries: 3,
      verdicts: { stale: 2, healthy: 1, unproven: 0, orphaned: 0, missing: 0, unknown: 0, notApplicable: 0 },
      notEvaluated: 0,
      isComplete: true,
    });
  });

  test('tells of a stale entry both times, the id and the age of the outage', async () => {
    const { entries } = await scanned(worldWithStale(), { clusters: ['prod'], principal: 'nodes' });
    expect(entries).toEqual([
      {
        accountId: ACCOUNT,
        region: REGION,
        clusterName: 'prod',
        principalArn: roleArn('nodes'),
        type: 'EC2_LINUX',
        entryArn: expect.stringContaining(':access-entry/prod/role/111122223333/nodes/'),
        verdict: 'stale',
        explanation: expect.stringContaining('the principal is newer than its entry'),
        entryCreatedAt: '2026-11-24T03:00:00.000Z',
        principalCreatedAt: '2026-11-24T10:00:00.000Z',
        principalId: 'AROANODES00000000000',
        outageSeconds: 7200,
        nodeGroups: [],
        policies: [],
      },
    ]);
  });

  test('names the node groups whose role it is, and the policies with their scopes', async () => {
    const world = worldWithStale();
    world.putRole('auto', { ageHours: 2 });
    world.putEntry('prod', 'auto', {
      policies: [
        { policyArn: VIEW, scope: { type: 'cluster', namespaces: [] } },
        { policyArn: VIEW.replace('View', 'Edit'), scope: { type: 'namespace', namespaces: ['pay', 'shop'] } },
      ],
    });
    for (const [name, role] of [
      ['blue', 'nodes'],
      ['green', 'nodes'],
      ['red', 'deployer'],
    ] as const) {
      const where = { accountId: ACCOUNT, region: REGION, clusterName: 'prod' };
      world.aws.eks.state.addNodegroup({ ...where, name, nodeRoleArn: roleArn(role) });
    }
    const { entries } = await scanned(world, { clusters: ['prod'] });
    expect(entries.map(({ nodeGroups, policies }) => ({ nodeGroups, policies }))).toEqual([
      { nodeGroups: [], policies: ['AmazonEKSEditPolicy (namespaces pay, shop)', 'AmazonEKSViewPolicy (cluster)'] },
      { nodeGroups: [], policies: undefined },
      { nodeGroups: ['blue', 'green'], policies: [] },
    ]);
  });

  test('asks for node groups only where nodes are locked out, and once a cluster', async () => {
    const world = worldWithStale();
    world.putRole('spot', { ageHours: 1 });
    world.putEntry('prod', 'spot', { type: 'EC2_LINUX' });
    await scanned(world);
    const asked = world.aws.calls.matching({ operation: 'ListNodegroups' });
    expect(asked.map(({ input }) => input)).toEqual([{ clusterName: 'prod' }]);
  });

  test('reads roles by pages, and by itself only one that the pages lack', async () => {
    const world = worldWithStale();
    world.putEntry('prod', 'gone');
    world.putEntry('test', 'gone', { region: HOME });
    const result = await scanned(world);
    expect(verdicts(result)).toMatchObject({ 'prod gone': 'unknown', 'test gone': 'unknown' });
    expect(result.summary.isComplete).toBe(false);
    const counts = world.aws.calls.countByOperation({ service: 'iam' });
    expect(counts).toEqual({ GetRole: 1, ListRoles: 1, ListUsers: 1 });
  });

  test('of one role it reads that role alone', async () => {
    const world = worldWithStale();
    const { entries } = await scanned(world, { principal: roleArn('nodes') });
    expect(entries).toHaveLength(2);
    expect(world.aws.calls.countByOperation({ service: 'iam' })).toEqual({ GetRole: 1 });
  });

  test('finds a role by its name whatever its path, and says that the entry names another', async () => {
    const world = scannedWorld();
    world.putRole('nodes', { path: '/team/', ageHours: 1 });
    world.putCluster('prod');
    world.putEntry('prod', 'nodes');
    const { entries } = await scanned(world, { principal: 'Nodes' });
    expect(entries).toMatchObject([{ verdict: 'stale', explanation: expect.stringContaining(':role/team/nodes') }]);
  });

  test('does not ask which clusters there are where they were named', async () => {
    const world = worldWithStale();
    const { summary } = await scanned(world, { clusters: ['test'] });
    expect(summary).toMatchObject({ clusters: 1, entries: 1, isComplete: true });
    expect(world.aws.calls.countByOperation()).not.toHaveProperty('ListClusters');
  });

  test('refuses a cluster that is in none of the regions', async () => {
    const scan = scanned(worldWithStale(), { clusters: ['prod', 'prd'] });
    await expect(scan).rejects.toThrow("no cluster 'prd' in eu-west-1, us-east-1; see aws eks list-clusters");
  });

  test('finds nothing unknown about an account without clusters', async () => {
    const { summary } = await scanned(scannedWorld());
    expect(summary).toMatchObject({ clusters: 0, entries: 0, isComplete: true });
  });

  test('says which clusters have no entries to look at, which is no gap', async () => {
    const world = worldWithStale();
    world.putCluster('legacy', { authenticationMode: 'CONFIG_MAP' });
    world.putCluster('new', { status: 'CREATING' });
    const { notEvaluated, summary } = await scanned(world);
    expect(notEvaluated.map(({ clusterName, reason, isGap }) => [clusterName, reason, isGap])).toEqual([
      ['legacy', 'ConfigMapMode', false],
      ['new', 'ClusterCreating', false],
    ]);
    expect(summary.isComplete).toBe(true);
  });

  test('knows nothing of a role of another account, and says so', async () => {
    const world = worldWithStale();
    world.putEntry('prod', 'arn:aws:iam::444455556666:role/partner');
    const { entries, summary } = await scanned(world, { principal: 'arn:aws:iam::444455556666:role/partner' });
    expect(entries).toMatchObject([
      { verdict: 'unknown', explanation: expect.stringContaining('it is in account 444455556666') },
    ]);
    expect(summary.isComplete).toBe(false);
    expect(world.aws.calls.countByOperation({ service: 'iam' })).toEqual({});
  });
});

describe('what fails', () => {
  test('in one region leaves the others judged', async () => {
    const world = worldWithStale();
    const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'not there' } as const;
    world.aws.faults.inject({ operation: 'ListClusters', when: regionIs(HOME), effect });
    const result = await scanned(world);
    expect(verdicts(result)).toEqual({ 'prod deployer': 'healthy', 'prod nodes': 'stale' });
    const reason = 'AccessDeniedException: not there';
    expect(result.notEvaluated).toEqual([{ accountId: ACCOUNT, region: HOME, reason, isGap: true }]);
    expect(result.summary.isComplete).toBe(false);
  });

  test('in one cluster leaves the others judged', async () => {
    const world = worldWithStale();
    world.aws.faults.inject({ operation: 'ListAccessEntries', when: regionIs(HOME), effect: { kind: 'unavailable' } });
    const result = await scanned(world);
    expect(result.summary).toMatchObject({ clusters: 2, entries: 2, isComplete: false });
    expect(result.notEvaluated).toMatchObject([
      {
        region: HOME,
        clusterName: 'test',
        reason: expect.stringContaining('AwsUnavailable: eks:ListAccessEntries'),
        isGap: true,
      },
    ]);
  });

  test('for one entry leaves the others judged', async () => {
    const world = worldWithStale();
    world.aws.faults.inject({
      operation: 'DescribeAccessEntry',
      when: isAbout('deployer'),
      effect: { kind: 'unavailable' },
    });
    const result = await scanned(world, { clusters: ['prod'] });
    expect(verdicts(result)).toEqual({ 'prod nodes': 'stale' });
    expect(result.notEvaluated).toMatchObject([
      { clusterName: 'prod', principalArn: roleArn('deployer'), isGap: true },
    ]);
  });

  test('of node groups and policies leaves the verdict, and is no gap', async () => {
    const world = worldWithStale();
    for (const operation of ['ListNodegroups', 'ListAssociatedAccessPolicies']) {
      const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'no' } as const;
      world.aws.faults.inject({ operation, effect });
    }
    const { entries, notEvaluated, summary } = await scanned(world, { clusters: ['prod'], principal: 'nodes' });
    expect(entries).toMatchObject([{ verdict: 'stale', nodeGroups: [] }]);
    expect(entries[0]).not.toHaveProperty('policies');
    expect(notEvaluated.map(({ reason, isGap }) => [reason, isGap])).toEqual([
      ['node groups: AccessDeniedException: no', false],
      [`policies of ${roleArn('nodes')}: AccessDeniedException: no`, false],
    ]);
    expect(summary.isComplete).toBe(true);
  });

  test('of the pages of roles has each role read by itself, once', async () => {
    const world = worldWithStale();
    const effect = { kind: 'fault', name: 'AccessDenied', message: 'no' } as const;
    world.aws.faults.inject({ operation: 'ListRoles', effect });
    const result = await scanned(world);
    expect(verdicts(result)).toEqual({ 'prod deployer': 'healthy', 'prod nodes': 'stale', 'test nodes': 'stale' });
    expect(result.notEvaluated).toEqual([
      {
        accountId: ACCOUNT,
        region: HOME,
        reason: 'AccessDenied: no; each principal was read by itself instead',
        isGap: false,
      },
    ]);
    expect(world.aws.calls.countByOperation({ service: 'iam' })).toEqual({ GetRole: 2, ListRoles: 1 });
  });

  test('of roles altogether leaves every entry unknown, with the reason', async () => {
    const world = worldWithStale();
    const everything = ['ListRoles', 'GetRole'];
    for (const operation of everything) world.aws.faults.inject({ operation, effect: { kind: 'unavailable' } });
    const { entries, summary } = await scanned(world);
    expect(summary).toMatchObject({ verdicts: { unknown: 3, healthy: 0 }, isComplete: false });
    expect(entries[0]?.explanation).toContain('AwsUnavailable: iam:GetRole got no answer');
  });

  test('for want of permission is told with the action that is wanted', async () => {
    const world = worldWithStale();
    const session = await world.session({}, allowing('eks:ListClusters', 'iam:ListRoles', 'iam:ListUsers'));
    const { notEvaluated } = await scanned(world, {}, session);
    expect(notEvaluated).toMatchObject([
      { clusterName: 'prod', reason: expect.stringContaining('eks:DescribeCluster') },
    ]);
  });
});

describe('throttling', () => {
  test('is waited out, and counted', async () => {
    const world = worldWithStale();
    const session = await world.session();
    world.aws.faults.inject({ operation: 'DescribeAccessEntry', times: 3, effect: { kind: 'throttle' } });
    const result = await scanned(world, {}, session);
    expect(verdicts(result)).toEqual({ 'prod deployer': 'healthy', 'prod nodes': 'stale' });
    expect(session.throttles()).toBe(3);
  });
});
