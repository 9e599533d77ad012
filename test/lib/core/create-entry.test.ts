import { describe, expect, test } from 'vitest';
import { VIEW } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, said, staleStandard } from './world/run-rebind.ts';
import { Killed } from './world/tap.ts';
import type { Tap } from './world/tap.ts';

async function beforeCreate() {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'CreateEntry', input);
  return { world, input, tap, run: () => runStep(world, 'CreateEntry', { input }) };
}

test('makes the entry from the snapshot and notes which one is ours', async () => {
  const { world, run } = await beforeCreate();
  expect(said(await run())).toBe('continue');
  expect(world.standing()).toMatchObject({
    boundId: 'AROANEW',
    entry: { tags: { team: 'orders' }, kubernetesGroups: ['readers'] },
    policies: [],
  });
  expect((await recordOf(world)).journal).toMatchObject({
    phase: 'created',
    newEntryArn: world.standing()?.entry.entryArn,
  });
});

test('goes on where it was made already, and back where nothing was deleted', async () => {
  const { world, run } = await beforeCreate();
  await run();
  const made = world.standing();
  expect(said(await run())).toBe('continue');
  expect(world.standing()).toBe(made);
  await changeJournal(world, { phase: 'planned' });
  expect(said(await run())).toBe('inspect-again');
});

describe('an entry stands already', () => {
  test('ours, its answer lost and its token forgotten: it goes on with it', async () => {
    const { world, tap, run } = await beforeCreate();
    tap.after = (call) => {
      if (call === 'entryCreation.create') throw new Killed();
    };
    await expect(run()).rejects.toThrow(Killed);
    tap.after = () => {};
    world.tokens.clear();
    expect(said(await run())).toBe('continue');
    expect((await recordOf(world)).journal?.newEntryArn).toBe(world.standing()?.entry.entryArn);
  });

  test.each([
    ['of other tags', { tags: { team: 'till' } }],
    [
      'made before the delete',
      { createdAt: '2026-03-01T00:00:00Z', tags: { team: 'orders' }, kubernetesGroups: ['readers'] },
    ],
  ])('an owner’s, %s: the difference is told and the journal closed', async (_what, changes) => {
    const { world, run } = await beforeCreate();
    world.putEntry(changes, [VIEW]);
    const result = await run();
    expect(said(result)).toBe('LeftToOwner ChangedByOwner');
    expect(result).toMatchObject({ outcome: { before: { tags: { team: 'orders' } }, after: { policies: [VIEW] } } });
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed' });
  });

  test('the deleted one, as EKS still shows it: tried again', async () => {
    const { world, run } = await beforeCreate();
    const entryArn = (await recordOf(world)).journal?.snapshot?.entryArn ?? '';
    world.putEntry({ entryArn });
    await expect(run()).rejects.toMatchObject({ name: 'DeleteUnclear' });
  });

  test('one that EKS doesn’t show: tried again', async () => {
    const { world, tap, run } = await beforeCreate();
    world.putEntry();
    tap.after = (call) => void (call === 'entryCreation.create' && world.removeEntry());
    await expect(run()).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  });
});

describe('what is no longer allowed', () => {
  test('a guard that asks: said in words that the entry is gone, and the journal stays open', async () => {
    const { world, run, input } = await beforeCreate();
    world.putRole('AROANEW', { trustPolicy: '{}', createdAt: input.incarnation.createdAt });
    const result = await run();
    expect(said(result)).toBe('NeedsApproval TrustUnreadable');
    expect(JSON.stringify(result)).toContain('the entry is gone: this rebind deleted it; its snapshot is kept');
    const { journal, asked } = await recordOf(world);
    expect(journal).toMatchObject({ phase: 'deleting', snapshot: { policies: [{}, {}] } });
    expect(journal).not.toHaveProperty('outcome');
    expect(asked).toMatchObject([{ principalId: 'AROANEW', rules: ['TrustUnreadable'] }]);
  });

  test('a guard that refuses: the journal stays open', async () => {
    const { world, run, input } = await beforeCreate();
    world.putRole('AROANEW', { tags: { 'eks-rebind:opt-out': '' }, createdAt: input.incarnation.createdAt });
    expect(said(await run())).toBe('Refused OptedOut');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
    expect(world.standing()).toBeUndefined();
  });

  test.each([
    ['after an hour', 3601, {}],
    ['by another execution', 1, { deletedBy: 'arn:another' }],
  ])('a delete that is taken up %s: a person is asked', async (_what, seconds, changes) => {
    const { world, run } = await beforeCreate();
    await changeJournal(world, changes);
    world.tick(seconds);
    expect(said(await run())).toBe('NeedsApproval ResumedDelete');
    expect(world.standing()).toBeUndefined();
  });

  test('twenty minutes later it simply goes on', async () => {
    const { world, run } = await beforeCreate();
    world.tick(1200);
    expect(said(await run())).toBe('continue');
  });

  test('a role that was made anew: superseded, and the journal stays open', async () => {
    const { world, run } = await beforeCreate();
    world.putRole('AROANEWER');
    expect(said(await run())).toBe('Superseded MadeAnew');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
  });

  test('a role that is gone: tried again, nothing made', async () => {
    const { world, run } = await beforeCreate();
    world.removeRole();
    await expect(run()).rejects.toMatchObject({ name: 'PrincipalNotPropagated' });
    expect(world.standing()).toBeUndefined();
  });

  test.each([
    ['is gone', 'ClusterGone'],
    ['is another of its name', 'ClusterReplaced'],
  ])('a cluster that %s', async (_what, rule) => {
    const { world, run } = await beforeCreate();
    if (rule === 'ClusterGone') world.clusters.clear();
    else world.putCluster({ createdAt: world.tick(600) });
    expect(said(await run())).toBe(`LeftToOwner ${rule}`);
    expect(world.standing()).toBeUndefined();
  });

  test('a lease that was taken while it looked', async () => {
    const { world, tap, run } = await beforeCreate();
    tap.before = async (call) => {
      if (call === 'principals.read') await changeJournal(world, { generation: 2 });
    };
    expect(said(await run())).toBe('Superseded LeaseLost');
    expect(world.standing()).toBeUndefined();
  });

  test('a lease that was taken while it made the entry: the next one finds what stands', async () => {
    const { world, tap, run } = await beforeCreate();
    tap.before = async (call) => {
      if (call === 'entryCreation.create') await changeJournal(world, { generation: 2 });
    };
    expect(said(await run())).toBe('Superseded LeaseLost');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting', generation: 2 });
  });
});
