import { describe, expect, test } from 'vitest';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { trusting, type SimulationOptions } from '../simulator/world-options.ts';

// What the sweep promises: healing does not depend on an event.

const HOUR = 3_600;
/** No event of IAM ever comes. */
const DEAF: SimulationOptions = { travel: { copies: () => 0 } };

const rebinds = (world: Simulation) => world.ran('rebind-entry').map(({ end }) => end);

test('an event that never came: the sweep rebinds the entry and counts what was missed', async () => {
  const world = await simulate(DEAF);
  await world.recreateRole({ name: 'nodes' });
  await world.pass(HOUR);
  expect(world.authenticates('nodes')).toBe(401);
  expect(await world.takeInventory()).toMatchObject({
    name: 'Swept',
    counts: { stale: 1 },
    missedEvents: 1,
    started: 1,
  });
  await world.quiet();
  expect(rebinds(world)).toEqual(['Rebound']);
  expect(world.authenticates('nodes')).toBe(200);
  expect(await world.takeInventory()).toMatchObject({ counts: { stale: 0, healthy: 1 }, missedEvents: 0 });
});

test('an entry whose role is minutes old is left to the event', async () => {
  const world = await simulate(DEAF);
  await world.recreateRole({ name: 'nodes' });
  await world.pass(600);
  expect(await world.takeInventory()).toMatchObject({ counts: { stale: 1 }, missedEvents: 0, started: 0 });
});

test('an entry that was stale before the service came asks, since nobody knows the trust it had', async () => {
  const people = { name: 'people', trust: trusting({ AWS: 'arn:aws:iam::111122223333:root' }) };
  const world = await simulate({
    ...DEAF,
    inventory: false,
    roles: [people],
    entries: [{ role: 'people', type: 'STANDARD' }],
  });
  await world.recreateRole(people);
  await world.pass(HOUR);
  expect(await world.takeInventory()).toMatchObject({ counts: { stale: 1 }, missedEvents: 1, started: 1 });
  await world.quiet();
  expect(world.ran('rebind-entry')).toHaveLength(1);
  expect(world.authenticates('people')).toBe(401);
  // What has ended so is not asked again the next hour.
  await world.pass(HOUR);
  expect(await world.takeInventory()).toMatchObject({ counts: { stale: 1 }, missedEvents: 0, started: 0 });
});

test('a journal that a failed rebind left open is taken up, and a person is asked before the entry is made again', async () => {
  const world = await simulate();
  const broken = world.aws.faults.inject({
    operation: 'CreateAccessEntry',
    when: () => world.standing('nodes') === undefined,
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  broken.lift();
  expect(rebinds(world)).toEqual(['FAILED AwsUnavailable']);
  expect(await world.takeInventory()).toMatchObject({ counts: { missing: 1 }, started: 0 });
  await world.pass(2 * HOUR);
  expect(await world.takeInventory()).toMatchObject({ counts: { missing: 1 }, started: 1 });
  await world.quiet();
  const [, second] = world.ran('rebind-entry');
  expect(JSON.stringify(second?.output)).toContain('ResumedDelete');
  expect((await world.ledger.read(world.entry('nodes')))?.record.journal).toMatchObject({ phase: 'deleting' });
});

describe('what is broken', () => {
  test('in one cluster is told, and the others are swept', async () => {
    const world = await simulate({ ...DEAF, clusters: [{ name: 'broken' }, { name: 'prod' }] });
    await world.recreateRole({ name: 'nodes' });
    await world.pass(HOUR);
    world.aws.faults.inject({
      operation: 'ListAccessEntries',
      when: (_, input) => input['clusterName'] === 'broken',
      effect: { kind: 'unavailable' },
    });
    expect(await world.takeInventory()).toMatchObject({ name: 'SweptPartly', failures: 1, counts: { stale: 1 } });
    await world.quiet();
    expect(rebinds(world)).toEqual(['Rebound']);
    const child = world.ran('sweep').findLast(({ end }) => end === 'RegionSwept');
    expect(child?.output['notSearched']).toMatchObject([{ clusterName: 'broken', mustSearch: true }]);
  });

  test('in one region is told, and the others are swept', async () => {
    const regions = ['eu-west-1', 'us-east-1'];
    const clusters = regions.map((region) => ({ name: `prod-${region}`, region }));
    const world = await simulate({ ...DEAF, regions, clusters });
    await world.recreateRole({ name: 'nodes' });
    await world.pass(HOUR);
    world.aws.faults.inject({
      operation: 'ListClusters',
      when: ({ region }) => region === 'us-east-1',
      effect: { kind: 'unavailable' },
    });
    await expect(world.takeInventory()).rejects.toThrow('us-east-1');
    await world.quiet();
    expect(world.ran('sweep').map(({ end }) => end)).toContain('SweptPartly');
    expect(rebinds(world)).toEqual(['Rebound']);
    world.aws.faults.liftAll();
    expect(await world.takeInventory()).toMatchObject({ name: 'Swept', missedEvents: 1 });
  });
});

// A sweep makes no more calls in this world than these.
const MOST_CALLS = 25;

test.each(['Before', 'After'] as const)('killed %s any of its calls it ends the same', async (moment) => {
  let calls = 0;
  for (let call = 1; call <= MOST_CALLS; call += 1) {
    const world = await simulate({ ...DEAF, seed: call });
    await world.recreateRole({ name: 'nodes' });
    await world.pass(HOUR);
    const kill = world.aws.lambda[`kill${moment}Call`](call, { functionName: functionOf('SweepRegion') });
    // A rebind that was started just before the kill may be done when the sweep comes again: then the entry is healthy.
    const { counts, ...swept } = await world.takeInventory();
    expect(swept).toMatchObject({ name: 'Swept', failures: 0 });
    expect(['{"stale":1,"healthy":0', '{"stale":0,"healthy":1']).toContain(JSON.stringify(counts).slice(0, 22));
    await world.quiet();
    expect(rebinds(world)).toEqual(['Rebound']);
    expect(world.authenticates('nodes')).toBe(200);
    if (kill.count === 0) break;
    calls = call;
  }
  expect(calls).toBeGreaterThan(5);
  expect(calls).toBeLessThan(MOST_CALLS);
});
