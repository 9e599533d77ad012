import { describe, expect, test } from 'vitest';
import { findEntries } from '../../../lib/core/find-entries.ts';
import { findMissedEntries } from '../../../lib/core/find-missed-entries.ts';
import { ACCOUNT, fakeWorld, PLACE, PRINCIPAL, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

const find = (world: FakeWorld) =>
  findEntries({ schemaVersion: 1, place: PLACE, principal: PRINCIPAL, now: world.world.now }, world.ports);
const findMissed = (world: FakeWorld, missed: Parameters<typeof findMissedEntries>[0]['missed']) =>
  findMissedEntries({ schemaVersion: 1, principal: PRINCIPAL, missed }, world.ports);

const named = (clusterName: string, principal: string) => ({
  ...PLACE,
  clusterName,
  principalArn: `arn:aws:iam::${principal}`,
});

/** Two clusters, of which the first can't be listed while `fails` says so. */
function worldWithBrokenCluster() {
  const state = { fails: true };
  const tap: Tap = {
    before: (call) => {
      if (call === 'accessEntries.list' && state.fails) throw new TypeError('refused');
    },
  };
  const world = fakeWorld(tap);
  world.putCluster();
  world.putEntry();
  return { world, state };
}

test('finds an entry in every cluster, whatever path or case its ARN has, and no other’s', async () => {
  const world = fakeWorld();
  world.putCluster();
  world.putCluster({ name: 'tills' });
  world.putCluster({ name: 'elsewhere' }, 'us-east-1');
  const wanted = [REF, named('tills', `${ACCOUNT}:role/READERS`)];
  const others = [
    named('tills', `${ACCOUNT}:role/writers`),
    named('tills', `${ACCOUNT}:user/readers`),
    named('tills', '999999999999:role/readers'),
    named('tills', 'not an ARN'),
  ];
  for (const ref of [...wanted, ...others]) world.putEntry({}, [], ref);
  expect(await find(world)).toEqual({ schemaVersion: 1, entries: wanted, notSearched: [] });
});

test.each([
  ['ClusterCreating', { status: 'CREATING' }],
  ['ClusterDeleting', { status: 'DELETING' }],
  ['ClusterFailed', { status: 'FAILED' }],
  ['ConfigMapMode', { authenticationMode: 'CONFIG_MAP' }],
])('%s: reported, not searched', async (reason, cluster) => {
  const world = fakeWorld();
  world.putCluster(cluster);
  world.putEntry();
  expect(await find(world)).toEqual({
    schemaVersion: 1,
    entries: [],
    notSearched: [{ ...PLACE, clusterName: 'orders', reason, mustSearch: false }],
  });
});

test('a cluster that is being updated is searched', async () => {
  const world = fakeWorld();
  world.putCluster({ status: 'UPDATING' });
  world.putEntry();
  expect((await find(world)).entries).toEqual([REF]);
});

test('a cluster that vanishes meanwhile is reported', async () => {
  const tap: Tap = {};
  const world = fakeWorld(tap);
  world.putCluster();
  tap.before = (call) => void (call === 'clusters.describe' && world.clusters.clear());
  expect((await find(world)).notSearched).toMatchObject([{ reason: 'ClusterVanished', mustSearch: false }]);
});

test.each([
  ['an error', new TypeError('refused'), 'TypeError: refused'],
  ['something else', 'refused', 'refused'],
])('a cluster that fails with %s must be searched, and hides nothing of the others', async (_what, error, reason) => {
  const tap: Tap = {};
  const world = fakeWorld(tap);
  const ref = { ...REF, clusterName: 'tills' };
  world.putCluster();
  world.putCluster({ name: 'tills' });
  world.putEntry();
  world.putEntry({}, [], ref);
  let lists = 0;
  tap.before = (call) => {
    if (call === 'accessEntries.list' && (lists += 1) === 1) throw error;
  };
  const { entries, notSearched } = await find(world);
  expect(entries).toEqual([ref]);
  expect(notSearched).toEqual([{ ...PLACE, clusterName: 'orders', reason, mustSearch: true }]);
});

test('an entry that a rebind has deleted is found in the ledger, and none is found twice', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'CreateEntry', input);
  expect((await find(world)).entries).toEqual([REF]);
  world.putEntry();
  expect((await find(world)).entries).toEqual([REF]);
});

describe('what was missed', () => {
  test('a cluster is searched alone, a region wholly', async () => {
    const { world, state } = worldWithBrokenCluster();
    state.fails = false;
    const cluster = { ...PLACE, clusterName: 'orders', reason: 'x', mustSearch: true };
    expect((await findMissed(world, [cluster])).entries).toEqual([REF]);
    expect((await findMissed(world, [{ ...PLACE, reason: 'x', mustSearch: true }])).entries).toEqual([REF]);
  });

  test('what need not be searched is passed over', async () => {
    const { world } = worldWithBrokenCluster();
    expect(await findMissed(world, [{ ...PLACE, reason: 'ConfigMapMode', mustSearch: false }])).toEqual({
      schemaVersion: 1,
      entries: [],
      notSearched: [],
    });
  });

  test('what still fails fails the run by name, be it a cluster or a region', async () => {
    const { world } = worldWithBrokenCluster();
    const cluster = { ...PLACE, clusterName: 'orders', reason: 'x', mustSearch: true };
    await expect(findMissed(world, [cluster])).rejects.toMatchObject({
      name: 'RegionNotSearched',
      message: expect.stringContaining("cluster 'orders' in eu-central-1 of account 111122223333 (TypeError: refused)"),
    });
    await expect(findMissed(world, [{ ...PLACE, reason: 'x', mustSearch: true }])).rejects.toMatchObject({
      message: expect.stringContaining("cluster 'orders' in eu-central-1"),
    });
  });

  test('a region whose clusters can’t be listed is named', async () => {
    const world = fakeWorld({
      before: (call) => {
        if (call === 'clusters.list') throw new Error('closed');
      },
    });
    await expect(findMissed(world, [{ ...PLACE, reason: 'x', mustSearch: true }])).rejects.toMatchObject({
      message: expect.stringContaining('eu-central-1 of account 111122223333 (Error: closed)'),
    });
  });
});
