import { describe, expect, test } from 'vitest';
import { VIEW } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, said, staleStandard, startRebind } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

async function beforeDelete() {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'DeleteEntry', input);
  return { world, tap, input, run: () => runStep(world, 'DeleteEntry', { input }) };
}

/** The delete was sent, its answer lost, and the entry still stands. */
async function withDeleteSent() {
  const parts = await beforeDelete();
  parts.world.deletes.push(() => 'unclear');
  await expect(parts.run()).rejects.toMatchObject({ name: 'DeleteUnclear' });
  return parts;
}

test('deletes the entry, and the ledger knew of it before', async () => {
  const { world, tap, run } = await beforeDelete();
  let phaseAtDelete: string | undefined;
  tap.before = async (call) => {
    if (call === 'entryDeletion.delete') phaseAtDelete = (await recordOf(world)).journal?.phase;
  };
  expect(said(await run())).toBe('continue');
  expect(phaseAtDelete).toBe('deleting');
  expect(world.standing()).toBeUndefined();
  const { journal } = await recordOf(world);
  expect(journal).toMatchObject({ deletingSince: world.world.now, deletedBy: journal?.holder, deletedFor: 'AROANEW' });
});

test.each([
  ['its tags', { tags: {} }, undefined],
  ['only its modifiedAt', {}, undefined],
  ['its policies', {}, [VIEW]],
] as const)('an owner changed %s: not deleted, but looked at again', async (_what, changes, policies) => {
  const { world, run } = await beforeDelete();
  world.changeEntry(changes, policies);
  expect(said(await run())).toBe('inspect-again');
  expect(world.standing()).toBeDefined();
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'planned' });
});

test('another entry stands: not deleted, but looked at again', async () => {
  const { world, run } = await beforeDelete();
  world.putEntry();
  expect(said(await run())).toBe('inspect-again');
});

test('an owner deleted it before: left gone', async () => {
  const { world, run } = await beforeDelete();
  world.removeEntry();
  expect(said(await run())).toBe('LeftToOwner EntryGone');
});

test('an owner deleted it between our look and our delete: left gone', async () => {
  const { world, run } = await beforeDelete();
  world.deletes.push(() => 'already-gone');
  expect(said(await run())).toBe('LeftToOwner EntryGone');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed' });
});

describe('an unclear answer', () => {
  test('the entry is gone: it goes on', async () => {
    const { world, run } = await beforeDelete();
    world.deletes.push(() => {
      world.removeEntry();
      return 'unclear';
    });
    expect(said(await run())).toBe('continue');
  });

  test('another entry stands: it is its owner’s', async () => {
    const { world, run } = await beforeDelete();
    world.deletes.push(() => {
      world.putEntry();
      return 'unclear';
    });
    expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
  });
});

async function turnedBack() {
  const parts = await withDeleteSent();
  parts.world.changeEntry({ tags: { team: 'till' } });
  expect(said(await parts.run())).toBe('inspect-again');
  return parts;
}

describe('after a delete whose answer was lost', () => {
  test('the entry stands unchanged: deleted again, and the time of the first delete stays', async () => {
    const { world, run } = await withDeleteSent();
    const { journal } = await recordOf(world);
    expect(said(await run())).toBe('continue');
    expect(world.standing()).toBeUndefined();
    expect((await recordOf(world)).journal?.deletingSince).toBe(journal?.deletingSince);
  });

  test.each([
    ['is gone', (world: Awaited<ReturnType<typeof beforeDelete>>['world']) => void world.removeEntry()],
    [
      'goes just before the second delete',
      (world: Awaited<ReturnType<typeof beforeDelete>>['world']) => {
        world.deletes.push(() => 'already-gone');
      },
    ],
  ])('the entry %s: it goes on', async (_what, meanwhile) => {
    const { world, run } = await withDeleteSent();
    meanwhile(world);
    expect(said(await run())).toBe('continue');
  });

  test('another entry stands: it is its owner’s', async () => {
    const { world, run } = await withDeleteSent();
    world.putEntry();
    expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
  });

  test('it asks when it is taken up hours later, and leaves the journal open', async () => {
    const { world, run } = await withDeleteSent();
    world.tick(3601);
    const result = await run();
    expect(said(result)).toBe('NeedsApproval ResumedDelete');
    expect(JSON.stringify(result)).toContain('the delete was sent before and may have taken effect');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
  });

  describe('an owner changed the entry', () => {
    test('it is planned anew with what the owner wants', async () => {
      const { world, input, run } = await turnedBack();
      await advanceTo(world, 'DeleteEntry', input);
      expect(said(await run())).toBe('continue');
      expect((await recordOf(world)).journal).toMatchObject({ snapshot: { tags: { team: 'till' } } });
    });

    test('should the first delete strike late, a person is asked: nothing is lost', async () => {
      const { world, input, run } = await turnedBack();
      await runStep(world, 'InspectEntry', { input });
      world.removeEntry();
      expect(said(await runStep(world, 'Preflight', { input }))).toBe('inspect-again');
      expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NeedsApproval ResumedDelete');
      expect((await recordOf(world)).journal).toMatchObject({
        phase: 'deleting',
        snapshot: { tags: { team: 'till' } },
      });
      expect(said(await run())).toBe('NeedsApproval ResumedDelete');
    });

    test('should it strike between our look and our second delete, a person is asked', async () => {
      const { world, input, run } = await turnedBack();
      await advanceTo(world, 'DeleteEntry', input);
      world.deletes.push((remove) => {
        remove();
        return 'already-gone';
      });
      expect(said(await run())).toBe('inspect-again');
      expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NeedsApproval ResumedDelete');
    });
  });
});

test('has nothing to do once the new entry stands', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'AssociatePolicies', input);
  const standing = structuredClone(world.standing());
  expect(said(await runStep(world, 'DeleteEntry', { input }))).toBe('continue');
  expect(world.standing()).toEqual(standing);
});

test('an execution whose lease was taken deletes nothing', async () => {
  const { world, run } = await beforeDelete();
  world.putRole('AROANEWER');
  world.tick(130);
  await startRebind(world);
  expect(said(await run())).toBe('Superseded LeaseLost');
  expect(world.standing()).toBeDefined();
});

test('a lease that is taken at the last moment still stops the delete', async () => {
  const { world, tap, run } = await beforeDelete();
  tap.before = async (call) => {
    if (call === 'accessEntries.policies') await changeJournal(world, { generation: 2, holder: 'another' });
  };
  expect(said(await run())).toBe('Superseded LeaseLost');
  expect(world.standing()).toBeDefined();
});

test('a step that runs twice at once doesn’t write over itself', async () => {
  const { world, tap, run } = await beforeDelete();
  tap.before = async (call) => {
    if (call === 'accessEntries.policies') await changeJournal(world, { modifiedAt: 'another' });
  };
  // modifiedAt differs from what the lease saw, so the write finds a journal that moved on.
  await expect(run()).rejects.toMatchObject({ name: 'LedgerContended' });
  expect(world.standing()).toBeDefined();
});
