import { expect, test } from 'vitest';
import { checkReturn } from '../../../lib/core/check-return.ts';
import { PRINCIPAL, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { recordOf, staleStandard } from './world/run-rebind.ts';

const check = (world: FakeWorld, missingReads: number) =>
  checkReturn(
    { schemaVersion: 1, principal: PRINCIPAL, entries: [REF], missingReads, now: world.world.now },
    world.ports,
  );

test('a principal that is not there is read again after two minutes; then it is gone, and the ledger says since when', async () => {
  const { world } = await staleStandard();
  world.removeRole();
  const since = world.world.now;
  expect(await check(world, 0)).toEqual({ schemaVersion: 1, status: 'waiting', missingReads: 1, waitSeconds: 120 });
  world.tick(120);
  expect(await check(world, 1)).toMatchObject({ status: 'gone', missingReads: 2 });
  expect((await recordOf(world)).absentSince).toBe(since);
});

test('a settle age that is longer than two minutes is waited for', async () => {
  const { world } = await staleStandard();
  Object.assign(world.bare.settings, { settleSeconds: 500 });
  world.removeRole();
  expect(await check(world, 0)).toMatchObject({ waitSeconds: 500 });
});

test('a principal that was only not shown for a moment is back, and was never absent', async () => {
  const { world } = await staleStandard();
  world.removeRole();
  await check(world, 0);
  world.putRole('AROANEW');
  expect(await check(world, 1)).toMatchObject({ status: 'returned', missingReads: 0 });
  expect((await recordOf(world)).absentSince).toBeUndefined();
});

test('a principal that is there at the first look leaves no trace', async () => {
  const { world } = await staleStandard();
  const before = await recordOf(world);
  expect(await check(world, 0)).toMatchObject({ status: 'returned' });
  expect(await recordOf(world)).toEqual(before);
});
