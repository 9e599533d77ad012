import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { rebindsEnded } from './attacked-world.ts';

const CLUSTERS = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];

test('a role of more clusters than the cap is recreated: a person is asked about each', async () => {
  const world = await simulate({ clusters: CLUSTERS, environment: { EKS_REBIND_CAP: '2' } });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(CLUSTERS.map(() => 'NeedsApproval TooManyEntries'));
  expect(CLUSTERS.map(({ name }) => world.authenticates('nodes', name))).toEqual([401, 401, 401]);
});

test('a role of as many clusters as the cap is recreated: all are rebound', async () => {
  const world = await simulate({ clusters: CLUSTERS, environment: { EKS_REBIND_CAP: '3' } });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(CLUSTERS.map(({ name }) => world.authenticates('nodes', name))).toEqual([200, 200, 200]);
});

test('a role recreated four times in a day: the fourth time a person is asked', async () => {
  const world = await simulate();
  for (let time = 0; time < 4; time += 1) {
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    await world.pass(3600);
  }
  expect(rebindsEnded(world).at(-1)).toBe('NeedsApproval CircuitBreaker');
  expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['Rebound', 'Rebound', 'Rebound', 'NeedsApproval']);
  expect(world.authenticates('nodes')).toBe(401);
});
