import { describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ends } from './ends.ts';

const REGIONS = ['eu-west-1', 'us-east-2', 'ap-southeast-2'];
const CLUSTERS = REGIONS.flatMap((region) => ['prod', 'test'].map((name) => ({ name, region })));
const everywhere = () => simulate({ regions: REGIONS, clusters: CLUSTERS });
const roleChanged = (world: Simulation) => world.ran('role-changed').find(({ end }) => end !== 'PrincipalReturned');

test('every entry in every cluster of every region is found and rebound, each by an execution of its own', async () => {
  const world = await everywhere();
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(ends(world.ran('rebind-entry'))).toEqual(CLUSTERS.map(() => 'Rebound'));
  expect(CLUSTERS.map(({ name, region }) => world.authenticates('nodes', name, region))).toEqual(
    CLUSTERS.map(() => 200),
  );
});

test('a cluster behind the first page, and an entry behind the first page, are found', async () => {
  const clusters = Array.from({ length: 101 }, (_, index) => ({ name: `c${String(index).padStart(3, '0')}` }));
  const roles = Array.from({ length: 101 }, (_, index) => ({ name: `r${String(index).padStart(3, '0')}` }));
  const last = { role: 'r100', cluster: 'c100' };
  const entries = roles.map(({ name }) => ({ role: name, cluster: 'c100' }));
  const world = await simulate({ clusters, roles, entries });
  await world.recreateRole({ name: 'r100' });
  await world.quiet();
  expect(world.ran('rebind-entry')).toMatchObject([{ end: 'Rebound', input: { entry: { clusterName: 'c100' } } }]);
  expect(world.authenticates(last.role, last.cluster)).toBe(200);
});

test('clusters that cannot be searched for good are reported, and hold up nothing', async () => {
  const world = await simulate({
    clusters: [
      { name: 'prod' },
      { name: 'by-config-map', mode: 'CONFIG_MAP' },
      { name: 'in-the-making', status: 'CREATING' },
      { name: 'going', status: 'DELETING' },
    ],
    entries: [{ role: 'nodes' }],
  });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  const ran = roleChanged(world);
  expect(ran?.end).toBe('RebindsStarted');
  const notSearched = ran?.output['notSearched'];
  expect(notSearched).toHaveLength(3);
  for (const clusterName of ['by-config-map', 'in-the-making', 'going']) {
    expect(notSearched).toContainEqual(expect.objectContaining({ clusterName, mustSearch: false }));
  }
});

test('a cluster that vanishes between list and describe is reported, not fatal', async () => {
  const world = await simulate({ clusters: [{ name: 'prod' }, { name: 'gone' }], entries: [{ role: 'nodes' }] });
  const message = 'No cluster found for name: gone.';
  world.aws.faults.inject({
    operation: 'DescribeCluster',
    when: (_, input) => input['name'] === 'gone',
    effect: { kind: 'fault', name: 'ResourceNotFoundException', message },
  });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(roleChanged(world)).toMatchObject({
    end: 'RebindsStarted',
    output: { notSearched: [{ clusterName: 'gone' }] },
  });
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
});

async function withOneRegionDown() {
  const world = await everywhere();
  const outage = world.aws.faults.inject({
    operation: 'ListClusters',
    when: ({ region }) => region === 'us-east-2',
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  return { world, outage };
}

describe('a region that fails', () => {
  test('hides nothing: what the others found is rebound, and the run fails by name', async () => {
    const { world } = await withOneRegionDown();
    expect(ends(world.ran('rebind-entry'))).toEqual(Array.from({ length: 4 }, () => 'Rebound'));
    expect(roleChanged(world)?.end).toBe('FAILED RegionNotSearched');
    expect(roleChanged(world)?.cause).toContain('us-east-2');
  });

  test('is searched by a redrive, and nothing else is', async () => {
    const { world, outage } = await withOneRegionDown();
    outage.lift();
    const callsBefore = world.aws.calls.all.length;
    await world.redrive(roleChanged(world)?.arn ?? '');
    await world.quiet();
    const listed = world.aws.calls.all.slice(callsBefore).filter(({ operation }) => operation === 'ListClusters');
    expect(listed.map(({ region }) => region)).toEqual(['us-east-2']);
    expect(roleChanged(world)).toMatchObject({ end: 'RebindsStarted', redriveCount: 1 });
    expect(roleChanged(world)?.output['rebinds']).toHaveLength(6);
    expect(CLUSTERS.map(({ name, region }) => world.authenticates('nodes', name, region))).not.toContain(401);
  });

  test('never counts as nothing found, even when no other has an entry', async () => {
    const world = await simulate({ regions: REGIONS, clusters: CLUSTERS, entries: [] });
    const outage = world.aws.faults.inject({ operation: 'ListClusters', effect: { kind: 'connectionLost' } });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    expect(roleChanged(world)?.end).toBe('FAILED RegionNotSearched');
    outage.lift();
    await world.redrive(roleChanged(world)?.arn ?? '');
    await world.quiet();
    expect(roleChanged(world)?.end).toBe('NothingToDo');
  });

  test('in a single cluster only holds up none of its other clusters', async () => {
    const world = await simulate({ clusters: [{ name: 'prod' }, { name: 'ill' }] });
    const outage = world.aws.faults.inject({
      operation: 'ListAccessEntries',
      when: (_, input) => input['clusterName'] === 'ill',
      effect: { kind: 'unavailable' },
    });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(roleChanged(world)?.end).toBe('FAILED RegionNotSearched');
    outage.lift();
    await world.redrive(roleChanged(world)?.arn ?? '');
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound', 'Rebound']);
  });
});

test('throttling slows the search down and hides nothing', async () => {
  const world = await everywhere();
  world.aws.faults.inject({ operation: 'ListAccessEntries', times: 12, effect: { kind: 'throttle' } });
  world.aws.faults.inject({ operation: 'DescribeCluster', times: 8, effect: { kind: 'throttle' } });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(ends(world.ran('rebind-entry'))).toEqual(CLUSTERS.map(() => 'Rebound'));
});
