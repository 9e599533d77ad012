import { describe, expect, test } from 'vitest';
import type { PolicyAssociation } from '../../../lib/core/shapes.ts';
import { EDIT, VIEW } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, said, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

/** Just before Preflight; `tap` sees only its calls. */
async function beforePreflight() {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'Preflight', input);
  const calls: string[] = [];
  tap.before = (call) => void calls.push(call);
  /** Runs `work` just before the nth call of this name. */
  const justBefore = (call: string, nth: number, work: () => void) => {
    tap.before = (made) => {
      calls.push(made);
      if (made === call && calls.filter((one) => one === call).length === nth) work();
    };
  };
  return { world, calls, justBefore, tap, run: () => runStep(world, 'Preflight', { input }), input };
}

test('tries to make the entry and to give each policy in its scope, and changes nothing', async () => {
  const { world, calls, run } = await beforePreflight();
  const before = structuredClone(world.standing());
  expect(said(await run())).toBe('continue');
  expect(world.standing()).toEqual({ ...before, policies: expect.arrayContaining([VIEW, EDIT]) });
  expect(calls.filter((call) => /create|associate|delete/.test(call))).toEqual([
    'entryCreation.create',
    'policyAssociations.associate',
    'policyAssociations.associate',
  ]);
  expect((await recordOf(world)).journal).toMatchObject({ modifiedAt: before?.entry.modifiedAt });
});

test('has nothing to prove past the delete', async () => {
  const { world, input, run, calls } = await beforePreflight();
  await runStep(world, 'Preflight', { input });
  await runStep(world, 'DeleteEntry', { input });
  calls.length = 0;
  expect(said(await run())).toBe('continue');
  expect(calls).toEqual(['ledger.read']);
});

test('without a plan there is nothing to try', async () => {
  const { world, input } = await staleStandard();
  expect(said(await runStep(world, 'Preflight', { input }))).toBe('inspect-again');
});

const NARROWED: PolicyAssociation[] = [{ ...VIEW, accessScope: { type: 'namespace', namespaces: ['shop'] } }, EDIT];

test.each([
  ['its tags', { tags: {} }, undefined],
  ['a scope', {}, NARROWED],
])('an owner changed %s: it is looked at again, and nothing overwritten', async (_what, changes, policies) => {
  const { world, run } = await beforePreflight();
  world.changeEntry(changes, policies);
  const before = structuredClone(world.standing());
  expect(said(await run())).toBe('inspect-again');
  expect(world.standing()).toEqual(before);
});

test('an owner changed a scope while policies were tried: it is not overwritten', async () => {
  const { world, justBefore, run } = await beforePreflight();
  justBefore('accessEntries.policies', 3, () => world.changeEntry({}, NARROWED));
  expect(said(await run())).toBe('inspect-again');
  expect(world.standing()?.policies).toEqual(NARROWED);
});

test('an owner changed the entry after the last policy was tried', async () => {
  const { world, justBefore, run } = await beforePreflight();
  justBefore('accessEntries.policies', 4, () => world.changeEntry({ tags: {} }));
  expect(said(await run())).toBe('inspect-again');
});

test.each([1, 2, 4])('an owner deleted the entry before look %i: it is left gone', async (nth) => {
  const { world, justBefore, run } = await beforePreflight();
  justBefore('accessEntries.policies', nth, () => world.removeEntry());
  expect(said(await run())).toBe('LeftToOwner EntryGone');
  expect(world.standing()).toBeUndefined();
});

test('another entry stands that no probe of ours made: it is looked at again', async () => {
  const { world, run } = await beforePreflight();
  world.putEntry();
  expect(said(await run())).toBe('inspect-again');
});

test('what breaks a rule of EKS is not deleted', async () => {
  const { world, run } = await beforePreflight();
  const { journal } = await recordOf(world);
  if (journal?.snapshot) await changeJournal(world, { snapshot: { ...journal.snapshot, username: 'system:admin' } });
  world.changeEntry({ username: 'system:admin' });
  await expect(run()).rejects.toMatchObject({
    name: 'CannotRecreate',
    message: expect.stringContaining('system:admin'),
  });
});

test('a guard that asks by now ends it before the probe', async () => {
  const { world, calls, run, input } = await beforePreflight();
  world.putRole('AROANEW', { trustPolicy: '{}', createdAt: input.incarnation.createdAt });
  expect(said(await run())).toMatch(/^NeedsApproval TrustUnreadable/);
  expect(calls).not.toContain('entryCreation.create');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed' });
});

async function wronglyMade() {
  const parts = await beforePreflight();
  parts.justBefore('entryCreation.create', 1, () => parts.world.removeEntry());
  return parts;
}

describe('a probe that wrongly made the entry, its owner having just deleted it', () => {
  test('is taken back', async () => {
    const { world, run } = await wronglyMade();
    expect(said(await run())).toBe('LeftToOwner EntryGone');
    expect(world.standing()).toBeUndefined();
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed' });
  });

  test('is known by its token and taken back when its answer was lost', async () => {
    const { world, tap, run } = await wronglyMade();
    tap.after = (call) => {
      if (call === 'entryCreation.create') throw new Error('lost');
    };
    await expect(run()).rejects.toThrow('lost');
    expect(world.standing()).toBeDefined();
    tap.after = () => {};
    expect(said(await run())).toBe('LeftToOwner EntryGone');
    expect(world.standing()).toBeUndefined();
  });

  test('is not deleted when its token is forgotten, but a person is told to look', async () => {
    const { world, tap, run } = await wronglyMade();
    tap.after = (call) => {
      if (call === 'entryCreation.create') throw new Error('lost');
    };
    await expect(run()).rejects.toThrow('lost');
    world.tokens.clear();
    tap.after = () => {};
    const result = await run();
    expect(said(result)).toBe('LeftToOwner ChangedByOwner');
    expect(JSON.stringify(result)).toContain('please see whether it is wanted');
    expect(world.standing()).toBeDefined();
  });

  test('is told from an owner’s by its token', async () => {
    const { world, tap, run } = await wronglyMade();
    tap.after = (call) => {
      if (call === 'entryCreation.create') throw new Error('lost');
    };
    await expect(run()).rejects.toThrow('lost');
    world.putEntry({ tags: { team: 'till' } });
    tap.after = () => {};
    expect(said(await run())).toBe('inspect-again');
    expect(world.standing()).toBeDefined();
  });

  test.each([
    ['gave it a policy', (world: Awaited<ReturnType<typeof wronglyMade>>['world']) => world.changeEntry({}, [VIEW])],
    ['changed it', (world: Awaited<ReturnType<typeof wronglyMade>>['world']) => world.changeEntry({ tags: {} })],
    ['made another', (world: Awaited<ReturnType<typeof wronglyMade>>['world']) => void world.putEntry()],
  ])('is left where its owner %s meanwhile', async (_what, meanwhile) => {
    const { world, tap, run } = await wronglyMade();
    tap.after = (call) => void (call === 'entryCreation.create' && meanwhile(world));
    expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
    expect(world.standing()).toBeDefined();
  });

  test('is tried again where it can’t be seen yet', async () => {
    const { world, tap, run } = await wronglyMade();
    tap.after = (call) => void (call === 'entryCreation.create' && world.removeEntry());
    await expect(run()).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  });

  test('is tried again where its delete is unclear', async () => {
    const { world, run } = await wronglyMade();
    world.deletes.push(() => 'unclear');
    await expect(run()).rejects.toMatchObject({ name: 'DeleteUnclear' });
  });
});
