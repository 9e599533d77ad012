import { describe, expect, test } from 'vitest';
import { planFix } from '../../../lib/core/plan-fix.ts';
import { ADMIN, EDIT, fakeWorld, REF, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, runRebind, staleStandard } from './world/run-rebind.ts';

const plan = (world: FakeWorld, batchSize?: number) =>
  planFix(REF, { now: world.tick(1), ...(batchSize !== undefined && { batchSize }) }, world.bare);

/** A stale entry that nobody has a record of, as on a laptop. */
function unknownStale(changes: Parameters<FakeWorld['putEntry']>[0] = {}) {
  const world = fakeWorld();
  world.putCluster();
  world.putEntry({ tags: { team: 'orders' }, ...changes }, [VIEW, EDIT]);
  world.tick(600);
  world.putRole('AROANEW');
  world.tick(130);
  return world;
}

describe('a plan', () => {
  test('shows a stale entry as it is and will be, and asks about it where nothing is remembered', async () => {
    const world = unknownStale();
    expect(await plan(world)).toMatchObject({
      verdict: 'stale',
      action: 'ask',
      reasons: [{ rule: 'NoRuleMatches' }],
      incarnation: { principalId: 'AROANEW' },
      before: { tags: { team: 'orders' }, policies: [EDIT, VIEW] },
      after: { tags: { team: 'orders' }, policies: [EDIT, VIEW] },
      trustPolicy: expect.stringContaining('sts:AssumeRole'),
      notes: [{ rule: 'Prevention' }],
    });
    expect(await world.bare.ledger.read(REF)).toBeUndefined();
  });

  test('names what is lost, who made the entry, and the mode that lets aws-auth count', async () => {
    const world = unknownStale({ tags: { 'aws:cloudformation:stack-name': 'x' } });
    world.putCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
    const { notes } = { notes: [], ...(await plan(world)) };
    expect(notes.map(({ rule }) => rule)).toEqual(['MixedMode', 'TagsLost', 'Owner', 'Prevention']);
  });

  test('refuses what the guard refuses', async () => {
    expect(await plan(unknownStale({ tags: { 'eks-rebind:opt-out': '' } }))).toMatchObject({
      action: 'refuse',
      reasons: [{ rule: 'OptedOut' }],
    });
  });

  test('asks about more entries at once than the cap', async () => {
    expect(await plan(unknownStale(), 51)).toMatchObject({
      reasons: [{ rule: 'TooManyEntries' }],
    });
  });

  test('says yes by itself where the ledger knows the trust that the entry was bound with', async () => {
    const { world } = await staleStandard();
    expect(await plan(world)).toMatchObject({ action: 'rebind', reasons: [{ rule: 'StandardOnBoundTrust' }] });
  });

  test.each([
    ['a healthy entry', (world: FakeWorld) => world.putEntry({}, [ADMIN]), 'healthy'],
    ['an entry that is gone', (world: FakeWorld) => world.removeEntry(), 'notApplicable'],
    ['an entry of a role that is gone', (world: FakeWorld) => world.removeRole(), 'unknown'],
    ['an entry of a cluster that is gone', (world: FakeWorld) => world.clusters.clear(), 'notApplicable'],
  ])('leaves %s alone', async (_, change, verdict) => {
    const world = unknownStale();
    change(world);
    expect(await plan(world)).toMatchObject({ action: 'none', verdict });
  });

  test('does without the trust of a user', async () => {
    const world = unknownStale();
    const { trustPolicy: _none, ...user } = world.putRole('AIDANEW');
    world.principals.clear();
    world.principals.set('111122223333/role/readers', user);
    world.tick(130);
    expect(await plan(world)).not.toHaveProperty('trustPolicy');
  });
});

describe('a plan for what a rebind left behind', () => {
  test('makes a deleted entry again as its snapshot has it, once a person says so', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    const planned = await plan(world);
    expect(planned).toMatchObject({
      verdict: 'missing',
      action: 'ask',
      reasons: [{ rule: 'ResumedDelete' }],
      after: { policies: [EDIT, VIEW] },
    });
    expect(planned).not.toHaveProperty('before');
  });

  test('gives an entry that is back its policies', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'AssociatePolicies', input);
    expect(await plan(world)).toMatchObject({
      verdict: 'missing',
      explanation: expect.stringContaining('does not have all of its policies'),
      before: { policies: [] },
      after: { policies: [EDIT, VIEW] },
    });
  });

  test('leaves an entry alone that is whole', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'VerifyEntry', input);
    expect(await plan(world)).toMatchObject({ verdict: 'healthy', action: 'none' });
  });

  test("leaves an owner's entry alone, even where it is stale", async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    world.putEntry({ tags: { by: 'owner' } });
    world.tick(60);
    world.putRole('AROALATER');
    world.tick(130);
    expect(await plan(world)).toMatchObject({ verdict: 'stale', action: 'none' });
  });

  test('leaves it deleted where its role is gone, too', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    world.removeRole();
    expect(await plan(world)).toMatchObject({ verdict: 'missing', action: 'none' });
  });

  test('begins anew after a rebind that has ended', async () => {
    const { world, input } = await staleStandard();
    await runRebind(world, input);
    world.tick(60);
    world.putRole('AROALATER');
    world.tick(130);
    expect(await plan(world)).toMatchObject({ verdict: 'stale', action: 'rebind' });
  });
});
