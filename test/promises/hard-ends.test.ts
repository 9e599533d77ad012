import { expect, test } from 'vitest';
import { before } from '../simulator/owner.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';

// What once broke a promise: clusters that go, entries too large to travel, owners between two policies, forged deletions.

const WORLD = { roles: [{ name: 'nodes' }], clusters: [{ name: 'prod' }, { name: 'other' }] };

function removeCluster(world: Simulation, name: string): void {
  const { state } = world.aws.eks;
  const { accountId, region } = world.entry('nodes', name);
  const cluster = state.cluster(accountId, region, name);
  if (!cluster) throw new Error(`there is no cluster ${name}`);
  state.putCluster({
    ...cluster,
    life: { status: cluster.life.status, next: { status: 'gone', at: world.clock.now() } },
  });
}

test.each(['InspectEntry', 'Preflight', 'DeleteEntry', 'CreateEntry', 'AssociatePolicies', 'VerifyEntry'])(
  'a cluster that is gone before %s ends its rebind by name, and no other',
  async (step) => {
    const world = await simulate({ ...WORLD, clusters: [{ name: 'prod' }] });
    before(world, step, () => removeCluster(world, 'prod'));
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['LeftToOwner']);
    expect(JSON.stringify(world.ran('rebind-entry')[0]?.output)).toContain('ClusterGone');
  },
);

test('an open journal in a cluster that is gone stops neither inventory nor the next recreation, and gets closed', async () => {
  const world = await simulate(WORLD);
  const { accountId, region } = world.entry('nodes', 'prod');
  const broken = world.aws.faults.inject({
    operation: 'CreateAccessEntry',
    when: (_, input) => input['clusterName'] === 'prod' && world.standing('nodes', 'prod') === undefined,
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  broken.lift();
  removeCluster(world, 'prod');
  expect(world.aws.eks.state.cluster(accountId, region, 'prod')).toBeUndefined();

  await world.takeInventory();
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();

  expect(world.ran('role-changed').filter(({ end }) => end.startsWith('FAILED'))).toEqual([]);
  expect(world.authenticates('nodes', 'other')).toBe(200);
  const journal = (await world.ledger.read(world.entry('nodes', 'prod')))?.record.journal;
  expect(journal).toMatchObject({ phase: 'closed', outcome: { name: 'LeftToOwner' } });
});

test('an entry of thousands of namespaces is rebound and announced', async () => {
  const namespaces = Array.from({ length: 2500 }, (_, index) => `team-${index}-${'n'.repeat(48)}`);
  const world = await simulate({
    roles: [{ name: 'people' }],
    entries: [{ role: 'people', type: 'STANDARD', policies: { AmazonEKSViewPolicy: namespaces } }],
  });
  await world.recreateRole({ name: 'people' });
  await world.quiet();
  expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['Rebound']);
  expect(world.aws.events.events.filter(({ source }) => source === 'eks-rebind')).toHaveLength(1);
  expect(world.standing('people')?.policies[0]?.scope.namespaces).toHaveLength(2500);
});

test('an owner who narrows a policy while others are given is not overruled', async () => {
  const world = await simulate({
    roles: [{ name: 'people' }],
    entries: [
      { role: 'people', type: 'STANDARD', policies: { AmazonEKSEditPolicy: ['orders'], AmazonEKSViewPolicy: [] } },
    ],
    eks: { associable: 0 },
  });
  const view = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
  const original = world.standing('people')?.arn;
  let narrowed = false;
  world.aws.faults.inject({
    operation: 'AssociateAccessPolicy',
    when(_, input) {
      const standing = world.standing('people');
      if (!standing || standing.arn === original || narrowed || input['policyArn'] === view) return false;
      narrowed = true;
      const policy = {
        policyArn: view,
        scope: { type: 'namespace' as const, namespaces: ['orders'] },
        associatedAt: 0,
        modifiedAt: 0,
      };
      const call = { service: 'eks', operation: '', requestId: '', region: '', userAgent: '', now: world.clock.now() };
      const caller = { accessKeyId: '', accountId: '', partition: 'aws', arn: 'owner', principalId: '' };
      world.aws.eks.state.putEntry({ ...standing, policies: [...standing.policies, policy] }, 'AssociateAccessPolicy', {
        ...call,
        caller,
      });
      return false;
    },
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole({ name: 'people' });
  await world.quiet();
  expect(narrowed).toBe(true);
  expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['LeftToOwner']);
  const now = world.standing('people')?.policies.find(({ policyArn }) => policyArn === view);
  expect(now?.scope).toEqual({ type: 'namespace', namespaces: ['orders'] });
});

test('a forged deletion of long ago makes no entry doubtful that was seen bound to the living role', async () => {
  const madeJustAfterItsRole = 30 * 86_400 - 20;
  const world = await simulate({ entries: [{ role: 'nodes', ageSeconds: madeJustAfterItsRole }] });
  await world.send({
    source: 'aws.iam',
    'detail-type': 'AWS API Call via CloudTrail',
    account: '111122223333',
    region: 'us-east-1',
    id: 'forged',
    detail: {
      eventSource: 'iam.amazonaws.com',
      eventName: 'DeleteRole',
      eventTime: '2001-01-01T00:00:00Z',
      eventID: 'forged',
      awsRegion: 'us-east-1',
      recipientAccountId: '111122223333',
      requestParameters: { roleName: 'nodes' },
    },
  });
  await world.quiet();
  expect(world.ran('role-changed').map(({ end }) => end)).toEqual(['PrincipalReturned']);
  expect(await world.takeInventory()).toMatchObject({ counts: { healthy: 1, unproven: 0 } });
});
