import { describe, expect, test } from 'vitest';
import type { RebindStatus } from '../../../lib/core/ports.ts';
import { startRebinds } from '../../../lib/core/start-rebinds.ts';
import type { StartRebindsInput } from '../../../lib/core/start-rebinds.ts';
import { fakeWorld, REF, ROLE_ARN } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runRebind, staleStandard, startRebind } from './world/run-rebind.ts';
import { Killed } from './world/tap.ts';
import type { Tap } from './world/tap.ts';

const MADE = '2026-03-01T08:00:00Z';

function worldWithEntry(tap: Tap = {}): FakeWorld {
  const world = fakeWorld(tap);
  world.putCluster();
  world.putEntry();
  return world;
}

async function start(
  world: FakeWorld,
  changes: Partial<StartRebindsInput> = {},
  principalId = 'AROANEW',
  createdAt = MADE,
) {
  const incarnation = { principalArn: ROLE_ARN, principalId, createdAt };
  const input = { schemaVersion: 1 as const, entries: [REF], incarnation, cause: { kind: 'event' as const } };
  const { rebinds } = await startRebinds(
    { ...input, executionArn: 'arn:role-changed', now: world.tick(1), ...changes },
    world.ports,
  );
  return rebinds;
}

/** Ends the executions that were started. */
function end(world: FakeWorld, status: 'SUCCEEDED' | 'FAILED', more: Omit<RebindStatus, 'status'> = {}): void {
  for (const [name, { input }] of world.executions) {
    world.executions.set(name, { input, status: { status, ...more } });
  }
}

test('allocates an attempt and starts it under its own name', async () => {
  const world = worldWithEntry();
  const [started] = await start(world);
  const [name, execution] = [...world.executions][0] ?? [];
  expect(started).toEqual({ entry: REF, status: 'started', executionArn: world.bare.rebinds.executionArn(name ?? '') });
  expect(execution?.input).toMatchObject({ schemaVersion: 1, entry: REF, generation: 1 });
  expect(execution?.input.cause).toEqual({ kind: 'event', sourceExecutionArn: 'arn:role-changed' });
  const { journal, knownPrincipalIds } = await recordOf(world);
  expect(journal).toMatchObject({ generation: 1, attempt: 1, phase: 'planned', holder: started?.executionArn });
  expect(knownPrincipalIds).toEqual(['AROANEW']);
});

test('a person who starts one is its cause, and no execution is', async () => {
  const world = worldWithEntry();
  const incarnation = { principalArn: ROLE_ARN, principalId: 'AROANEW', createdAt: MADE };
  const cause = { kind: 'person', actorArn: 'arn:aws:iam::111122223333:user/ann' } as const;
  await startRebinds({ schemaVersion: 1, entries: [REF], incarnation, cause, now: world.tick(1) }, world.ports);
  expect([...world.executions.values()].map(({ input }) => input.cause)).toEqual([cause]);
});

test('an event that comes twice starts one execution', async () => {
  const world = worldWithEntry();
  await start(world);
  expect(await start(world)).toMatchObject([{ status: 'running' }]);
  expect(world.executions.size).toBe(1);
});

test.each(['before', 'after'] as const)(
  'killed %s the effect of any call, it starts one execution when run again',
  async (when) => {
    // accessEntries.describe, ledger.read, ledger.write, rebinds.start
    for (let kill = 1; kill <= 4; kill += 1) {
      let calls = 0;
      const tap: Tap = {
        before: () => {
          calls += 1;
          if (when === 'before' && calls === kill) throw new Killed();
        },
        after: () => {
          if (when === 'after' && calls === kill) throw new Killed();
        },
      };
      const world = worldWithEntry(tap);
      await expect(start(world)).rejects.toThrow(Killed);
      const [rebind] = await start(world);
      expect(rebind?.status).toMatch(/started|running/);
      expect(world.executions.size).toBe(1);
      expect((await recordOf(world)).journal).toMatchObject({ generation: 1, holder: rebind?.executionArn });
    }
  },
);

describe('started before', () => {
  test('and failed: it needs a redrive, it is not done', async () => {
    const world = worldWithEntry();
    await start(world);
    end(world, 'FAILED');
    expect(await start(world)).toMatchObject([{ status: 'needsRedrive' }]);
    expect(world.executions.size).toBe(1);
  });

  test('and failed longer ago than AWS lets anybody redrive it: another attempt takes its lease', async () => {
    const world = worldWithEntry();
    await start(world);
    end(world, 'FAILED', { isRedrivable: false });
    expect(await start(world)).toMatchObject([{ status: 'started' }]);
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 2 });
  });

  test('and Rebound: done', async () => {
    const { world, input } = await staleStandard();
    await runRebind(world, input);
    const { principalId, createdAt } = input.incarnation;
    expect(await start(world, {}, principalId, createdAt)).toMatchObject([{ status: 'done', outcome: 'Rebound' }]);
    expect(world.executions.size).toBe(1);
  });

  test('and closed otherwise: another attempt', async () => {
    const { world, input } = await staleStandard();
    world.changeEntry({ tags: { 'eks-rebind:opt-out': '' } });
    await runRebind(world, input);
    const { principalId, createdAt } = input.incarnation;
    expect(await start(world, {}, principalId, createdAt)).toMatchObject([{ status: 'started' }]);
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 2, phase: 'planned' });
    expect(world.executions.size).toBe(2);
  });

  test('and ended past the delete: taken up by another attempt, which inherits what is left', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    const { snapshot } = (await recordOf(world)).journal ?? {};
    end(world, 'SUCCEEDED', { outcome: 'NeedsApproval' });
    const { principalId, createdAt } = input.incarnation;
    expect(await start(world, {}, principalId, createdAt)).toMatchObject([{ entry: REF, status: 'started' }]);
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting', generation: 2, attempt: 2, snapshot });
  });

  test('by somebody who took the name without working on it: another attempt', async () => {
    const world = worldWithEntry();
    await start(world);
    end(world, 'SUCCEEDED');
    expect(await start(world)).toMatchObject([{ status: 'started' }]);
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 2 });
  });

  test('by somebody who took the next name as well: told, not done', async () => {
    const world = worldWithEntry();
    await start(world);
    end(world, 'SUCCEEDED');
    await start(world);
    end(world, 'SUCCEEDED');
    await changeJournal(world, await journalOfFirst(world));
    expect(await start(world)).toMatchObject([{ status: 'needsRedrive' }]);
  });
});

async function journalOfFirst(world: FakeWorld) {
  const [name = ''] = [...world.executions.keys()];
  return { generation: 1, attempt: 1, holder: world.bare.rebinds.executionArn(name) };
}

describe('a role made anew once more', () => {
  test('takes the journal over', async () => {
    const world = worldWithEntry();
    await start(world);
    expect(await start(world, {}, 'AROANEWER', '2026-03-01T09:00:00Z')).toMatchObject([{ status: 'started' }]);
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 1, phase: 'planned' });
  });

  test('inherits what was deleted', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    const { journal } = await recordOf(world);
    world.putRole('AROANEWER');
    await startRebind(world);
    const { snapshot, deletingSince, deletedBy } = journal ?? {};
    expect((await recordOf(world)).journal).toMatchObject({
      phase: 'deleting',
      generation: 2,
      attempt: 1,
      snapshot,
      deletingSince,
      deletedBy,
      incarnation: { principalId: 'AROANEWER' },
    });
  });

  test('and the earlier one’s news comes late: superseded, nothing written', async () => {
    const world = worldWithEntry();
    await start(world, {}, 'AROANEWER', '2026-03-01T09:00:00Z');
    const before = await recordOf(world);
    expect(await start(world)).toEqual([{ entry: REF, status: 'superseded' }]);
    expect(await recordOf(world)).toEqual(before);
  });
});

test('an entry that is gone and was never ours is gone', async () => {
  const world = fakeWorld();
  expect(await start(world)).toEqual([{ entry: REF, status: 'gone' }]);
  expect(await world.bare.ledger.read(REF)).toBeUndefined();
});

test('one that can’t be started holds up no other, and fails the step', async () => {
  const tap: Tap = {};
  const world = worldWithEntry(tap);
  const other = { ...REF, clusterName: 'tills' };
  world.putEntry({}, [], other);
  let describes = 0;
  tap.before = (call) => {
    if (call === 'accessEntries.describe' && (describes += 1) === 1) throw new Killed();
  };
  await expect(start(world, { entries: [REF, other] })).rejects.toThrow(Killed);
  expect([...world.executions.values()].map(({ input }) => input.entry)).toEqual([other]);
  expect(await start(world, { entries: [REF, other] })).toMatchObject([{ status: 'started' }, { status: 'running' }]);
});

test('notes who made the role, where the event comes after something else began the attempt', async () => {
  const world = worldWithEntry();
  await start(world, { cause: { kind: 'sweep' } });
  const actorArn = 'arn:aws:iam::111122223333:user/mallory';
  const cause = { kind: 'event', eventName: 'CreateRole', actorArn, eventTime: MADE } as const;
  expect(await start(world, { cause })).toMatchObject([{ status: 'running' }]);
  const { actors, journal } = await recordOf(world);
  expect(actors).toEqual([{ did: 'created', actorArn, at: MADE }]);
  expect(journal?.cause.kind).toBe('sweep');
});
