import { describe, expect, test } from 'vitest';
import { ADMIN, fakeWorld } from './world/fake-world.ts';
import { recordOf, roleMadeAnew, runRebind, runStep, said, startRebind } from './world/run-rebind.ts';

const BY_TERRAFORM = { tags: { 'managed-by': 'terraform' } };

async function stale(changes: object = BY_TERRAFORM, policies = [] as (typeof ADMIN)[]) {
  const world = fakeWorld();
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry(changes, policies);
  await roleMadeAnew(world);
  return { world, input: await startRebind(world) };
}

describe('an entry whose owner may be about to make it anew', () => {
  test('is left alone until its role is as old as the grace period', async () => {
    const { world, input } = await stale();
    const before = await recordOf(world);
    expect(await runStep(world, 'InspectEntry', { input })).toEqual({
      schemaVersion: 1,
      next: 'wait',
      waitSeconds: 168,
    });
    expect((await recordOf(world)).journal?.phase).toBe(before.journal?.phase);
    world.tick(167);
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
  });

  test('is rebound after it, and its end says who made the entry and what would have prevented it', async () => {
    const { world, input } = await stale();
    const { name, reasons } = await runRebind(world, input);
    expect(name).toBe('Rebound');
    expect(reasons.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['Owner', 'Prevention']));
  });

  test('is not stale once its owner has made it anew', async () => {
    const { world, input } = await stale();
    await runStep(world, 'InspectEntry', { input });
    world.putEntry(BY_TERRAFORM);
    world.tick(300);
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale healthy');
  });

  test('is asked about at once where the guard asks, with the same notes', async () => {
    const { world, input } = await stale(BY_TERRAFORM, [ADMIN]);
    const result = await runStep(world, 'InspectEntry', { input });
    expect(result).toMatchObject({
      next: 'end',
      outcome: {
        name: 'NeedsApproval',
        reasons: [{ rule: 'AdminPolicy' }, { rule: 'Owner' }, { rule: 'Prevention' }, { rule: 'NoApprovers' }],
      },
    });
  });
});

test('an entry of nobody known is not waited with', async () => {
  const { world, input } = await stale({ tags: { team: 'terraform' } });
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
});

test('a node role that no instance profile holds is rebound and told of', async () => {
  const { world, input } = await stale({ type: 'EC2_LINUX' });
  world.ports.instanceProfiles.holding = async () => [];
  const { name, reasons } = await runRebind(world, input);
  expect(name).toBe('Rebound');
  expect(reasons.map(({ rule }) => rule)).toContain('NoInstanceProfile');
});
