import { describe, expect, test } from 'vitest';
import { findEntries } from '../../../lib/core/find-entries.ts';
import { followUpOrphan } from '../../../lib/core/follow-up-orphan.ts';
import type { Settings } from '../../../lib/core/settings.ts';
import type { RebindInput } from '../../../lib/core/ports.ts';
import { ACCOUNT, fakeWorld, PRINCIPAL, REF, ROLE_ARN, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, inventory, recordOf, runRebind, runStep, said, startRebind } from './world/run-rebind.ts';
import { staleStandard } from './world/run-rebind.ts';
import { Killed } from './world/tap.ts';
import type { Tap } from './world/tap.ts';

const SERVICE_ONLY = { ...VIEW, policyArn: VIEW.policyArn.replace('View', 'Hybrid') };

const followUp = async (world: FakeWorld, executionArn = 'arn:execution:one') => {
  const input = { schemaVersion: 1, entry: REF, executionArn, cause: { kind: 'event' } } as const;
  return (await followUpOrphan({ ...input, now: world.tick(1) }, world.ports)).status;
};

/** An entry whose role was there when the inventory was taken and has been gone for five minutes, as the ledger knows. */
async function orphan(settings: Partial<Settings> = {}, tap: Tap = {}, policies = [VIEW]) {
  const world = fakeWorld(tap);
  Object.assign(world.bare.settings, settings);
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({ tags: { team: 'orders' }, kubernetesGroups: ['readers'] }, policies);
  await inventory(world);
  world.removeRole();
  world.tick(60);
  expect(await followUp(world)).toBe('notYet');
  world.tick(300);
  return world;
}

const announcedNames = ({ announced }: FakeWorld) => announced.map(({ outcome }) => outcome.name);
const remove = { orphans: 'remove' } as const;

/** The role comes back, and a rebind is started for it. */
async function comesBack(world: FakeWorld): Promise<RebindInput> {
  world.tick(60);
  world.putRole('AROANEW');
  world.tick(300);
  return startRebind(world);
}

/** A person approves what was asked last. */
async function approve(world: FakeWorld): Promise<void> {
  const { ledger } = world.bare;
  const stored = await ledger.read(REF);
  const asked = stored?.record.asked.at(-1);
  const incarnation = stored?.record.journal?.incarnation;
  if (!asked || !incarnation) throw new Error('nothing was asked');
  const answers = [{ verdict: 'approved', by: 'arn:aws:iam::111122223333:user/grace', at: world.tick(1) }] as const;
  const { askedAt, digest } = asked;
  const question = { id: 'q', principal: PRINCIPAL, incarnation, digests: [digest], askedAt, expiresAt: askedAt };
  await ledger.writeQuestion({ schemaVersion: 1, ...question, answers }, 0);
  const record = { ...stored.record, asked: [{ ...asked, questionId: 'q' }] };
  await ledger.write(record, stored.version);
}

describe('an entry whose principal is gone', () => {
  test('is reported once in each absence, with who it was, and stays', async () => {
    const world = await orphan();
    expect([await followUp(world), await followUp(world, 'arn:execution:sweep')]).toEqual(['reported', 'reported']);
    expect(world.announced).toMatchObject([
      {
        entry: REF,
        incarnation: { principalId: 'AROAOLD' },
        executionArn: 'arn:execution:one',
        outcome: { name: 'Orphaned', reasons: [{ rule: 'orphaned' }], before: { tags: { team: 'orders' } } },
      },
    ]);
    expect(world.standing()).toBeDefined();
    world.putRole('AROANEW');
    expect(await followUp(world)).toBe('returned');
    world.removeRole();
    expect(await followUp(world)).toBe('notYet');
    world.tick(119);
    expect(await followUp(world)).toBe('reported');
    expect(announcedNames(world)).toEqual(['Orphaned', 'Orphaned']);
  });

  test('is told of without an id where nobody ever saw it bound', async () => {
    const world = await orphan();
    const stored = await world.bare.ledger.read(REF);
    const { bound: _, ...record } = await recordOf(world);
    await world.bare.ledger.write(record, stored?.version ?? 0);
    expect(await followUp(world)).toBe('reported');
    expect(world.announced[0]?.incarnation).toMatchObject({ principalArn: ROLE_ARN, principalId: 'unknown' });
  });

  test('counts as orphaned two minutes on, or after the settle age where that is longer', async () => {
    const world = await orphan({ ...remove, settleSeconds: 1000 });
    expect(await followUp(world)).toBe('notYet');
    world.tick(1000);
    expect(await followUp(world)).toBe('removed');
    const quick = await orphan({ settleSeconds: 1 });
    quick.putRole('AROANEW');
    await followUp(quick);
    quick.removeRole();
    await followUp(quick);
    quick.tick(100);
    expect(await followUp(quick)).toBe('notYet');
  });

  test('is not looked for where the cluster is gone or on its way', async () => {
    const world = await orphan(remove);
    world.putCluster({ status: 'DELETING' });
    expect(await followUp(world)).toBe('gone');
    world.clusters.clear();
    expect(await followUp(world)).toBe('gone');
    expect(world.announced).toEqual([]);
  });

  test('that is gone itself is nobody’s business', async () => {
    const world = await orphan(remove);
    world.removeEntry();
    expect(await followUp(world)).toBe('gone');
    expect(world.announced).toEqual([]);
  });
});

describe('with orphans: remove', () => {
  test('the entry is deleted, and its whole snapshot is kept', async () => {
    const world = await orphan(remove);
    expect(await followUp(world)).toBe('removed');
    expect(world.standing()).toBeUndefined();
    const { journal, entryArn } = await recordOf(world);
    expect(journal).toMatchObject({
      phase: 'closed',
      isRemoval: true,
      generation: 1,
      attempt: 1,
      holder: 'arn:execution:one',
      deletedBy: 'arn:execution:one',
      incarnation: { principalId: 'AROAOLD' },
      snapshot: { entryArn, tags: { team: 'orders' }, kubernetesGroups: ['readers'], policies: [VIEW] },
      outcome: { name: 'OrphanRemoved' },
    });
    expect(announcedNames(world)).toEqual(['OrphanRemoved']);
    expect(await followUp(world)).toBe('gone');
    expect(await world.bare.ledger.withOpenJournal()).toEqual([]);
  });

  test.each<[string, Partial<Settings>, string, (world: FakeWorld) => void]>([
    ['mode ask', { mode: 'ask' }, 'AskMode', () => {}],
    ['mode report', { mode: 'report' }, 'ReportOnly', () => {}],
    ['opted out by the list', { optOut: [ROLE_ARN] }, 'OptedOut', () => {}],
    ['opted out by its tag', {}, 'OptedOut', (world) => world.changeEntry({ tags: { 'eks-rebind:opt-out': '' } })],
    ['of an unknown type', {}, 'UnknownEntryType', (world) => world.changeEntry({ type: 'NEWLY_MADE' })],
    ['with a policy only EKS may give', {}, 'ServiceOnlyPolicy', (world) => world.changeEntry({}, [SERVICE_ONLY])],
  ])('an entry is only reported: %s', async (_, settings, rule, change) => {
    const world = await orphan({ ...remove, ...settings });
    change(world);
    expect(await followUp(world)).toBe('reported');
    expect(world.announced[0]?.outcome).toMatchObject({ name: 'Orphaned', reasons: [{ rule: 'orphaned' }, { rule }] });
    expect(world.standing()).toBeDefined();
    expect((await recordOf(world)).journal).toBeUndefined();
  });

  test('an entry with an open rebind is only reported, and removed once that is closed', async () => {
    const { world } = await staleStandard();
    Object.assign(world.bare.settings, remove);
    world.removeRole();
    await followUp(world);
    world.tick(300);
    expect(await followUp(world)).toBe('reported');
    expect(world.announced[0]?.outcome.reasons).toMatchObject([{}, { rule: 'JournalOpen' }]);
    const stored = await world.bare.ledger.read(REF);
    const record = await recordOf(world);
    if (!record.journal) throw new Error('no journal');
    const closed = { ...record.journal, phase: 'closed' as const, outcome: { name: 'NotStale' as const, reasons: [] } };
    await world.bare.ledger.write({ ...record, journal: closed }, stored?.version ?? 0);
    expect(await followUp(world)).toBe('removed');
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 1 });
  });

  test('the second removal in the same life counts its attempts on', async () => {
    const world = await orphan(remove);
    await followUp(world);
    world.putEntry({}, []);
    expect(await followUp(world)).toBe('removed');
    expect((await recordOf(world)).journal).toMatchObject({ generation: 2, attempt: 2 });
  });
});

/** Does something once, right after the journal of the removal was written. */
async function meanwhile(what: (world: FakeWorld) => unknown) {
  const tap: Tap = {};
  const world = await orphan(remove, tap);
  tap.after = async (call) => {
    if (call !== 'ledger.write') return;
    delete tap.after;
    await what(world);
  };
  return world;
}

describe('what happens at the last moment', () => {
  test('the principal comes back: nothing is deleted, and the journal is closed', async () => {
    const world = await meanwhile(({ putRole }) => putRole('AROANEW'));
    expect(await followUp(world)).toBe('returned');
    expect(world.standing()).toBeDefined();
    expect((await recordOf(world)).journal?.outcome).toMatchObject({
      name: 'LeftToOwner',
      reasons: [{ rule: 'PrincipalReturned' }],
    });
  });

  test.each<[string, string, (world: FakeWorld) => unknown]>([
    ['changes it', 'ChangedByOwner', (world) => world.changeEntry({ tags: { team: 'tills' } })],
    [
      'changes its policies, which moves no date',
      'ChangedByOwner',
      (world) => world.changeEntry({ modifiedAt: world.standing()?.entry.modifiedAt ?? '' }, []),
    ],
    ['changes it and back', 'ChangedByOwner', (world) => world.changeEntry({})],
    ['makes it anew', 'ChangedByOwner', (world) => world.putEntry({}, [])],
    ['deletes it', 'EntryGone', (world) => world.removeEntry()],
    ['deletes it just before we do', 'EntryGone', (world) => world.deletes.push(() => 'already-gone')],
  ])('its owner %s: left alone, and never made again by us', async (_, rule, change) => {
    const world = await meanwhile(change);
    expect(await followUp(world)).toBe('leftAlone');
    const { journal } = await recordOf(world);
    expect(journal?.outcome).toMatchObject({ name: 'LeftToOwner', reasons: [{ rule }] });
    expect(announcedNames(world)).toEqual([]);
  });

  test('somebody else takes the journal: nothing is deleted', async () => {
    const tap: Tap = {};
    const world = await orphan(remove, tap);
    tap.before = async (call) => {
      if (call !== 'ledger.write') return;
      delete tap.before;
      await followUpOrphan(
        {
          schemaVersion: 1,
          entry: REF,
          executionArn: 'arn:execution:other',
          cause: { kind: 'sweep' },
          now: world.world.now,
        },
        world.bare,
      );
    };
    expect(await followUp(world)).toBe('leftAlone');
    expect((await recordOf(world)).journal).toMatchObject({ holder: 'arn:execution:other', generation: 1 });
    expect(announcedNames(world)).toEqual(['OrphanRemoved']);
  });

  test('the answer to the journal’s write is lost: it counts as written', async () => {
    const tap: Tap = {};
    const world = await orphan(remove, tap);
    const { ledger } = world.bare;
    let isLost = false;
    const write: typeof ledger.write = async (record, version) => {
      const answer = await ledger.write(record, version);
      const lost = !isLost;
      isLost = true;
      return lost ? 'conflict' : answer;
    };
    const input = {
      schemaVersion: 1,
      entry: REF,
      executionArn: 'arn:x',
      cause: { kind: 'event' },
      now: world.tick(1),
    } as const;
    const { status } = await followUpOrphan(input, { ...world.bare, ledger: { ...ledger, write } });
    expect(status).toBe('removed');
  });

  test('a delete without an answer is looked at: gone is removed, still there is tried again', async () => {
    const world = await orphan(remove);
    world.deletes.push((strike) => (strike(), 'unclear'));
    expect(await followUp(world)).toBe('removed');

    const late = await orphan(remove);
    late.deletes.push(() => 'unclear');
    await expect(followUp(late)).rejects.toMatchObject({ name: 'DeleteUnclear' });
    expect((await recordOf(late)).journal).toMatchObject({ phase: 'deleting', isRemoval: true });
    late.deletes.push((strike) => (strike(), 'already-gone'));
    expect(await followUp(late)).toBe('removed');
    expect((await recordOf(late)).journal?.outcome?.name).toBe('OrphanRemoved');
  });

  test('a delete without an answer, and another entry stands: it is its owner’s', async () => {
    const world = await orphan(remove);
    world.deletes.push(() => (world.putEntry({}, []), 'unclear'));
    expect(await followUp(world)).toBe('leftAlone');
    expect(world.standing()).toBeDefined();
  });
});

/** A removal of which the delete was sent, or struck too, and no more. */
async function begun(strikes: boolean) {
  const world = await orphan(remove);
  world.deletes.push((strike) => (strikes ? strike() : undefined, 'unclear'));
  const { announcements } = world.bare;
  const usual = { ...announcements };
  Object.assign(world.bare.announcements, { announce: () => Promise.reject(new Killed('killed')) });
  await expect(followUp(world)).rejects.toBeInstanceOf(Error);
  Object.assign(announcements, usual);
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting', isRemoval: true });
  return world;
}

describe('a removal that was begun and not finished', () => {
  test('is closed where the entry is gone, also with its cluster', async () => {
    const world = await begun(true);
    expect(await followUp(world, 'arn:execution:sweep')).toBe('removed');
    const other = await begun(true);
    other.clusters.clear();
    expect(await followUp(other)).toBe('removed');
    expect((await recordOf(other)).journal?.outcome?.name).toBe('OrphanRemoved');
  });

  test('that another closes at the same moment is closed once', async () => {
    const tap: Tap = {};
    const world = await orphan(remove, tap);
    tap.after = async (call) => {
      if (call !== 'announcements.announce') return;
      delete tap.after;
      expect(await followUp(world, 'arn:execution:sweep')).toBe('removed');
    };
    expect(await followUp(world)).toBe('removed');
    expect((await recordOf(world)).journal).toMatchObject({ generation: 1, outcome: { name: 'OrphanRemoved' } });
  });

  test('is finished by whoever comes next', async () => {
    const world = await begun(false);
    expect(await followUp(world, 'arn:execution:sweep')).toBe('removed');
    expect((await recordOf(world)).journal).toMatchObject({ holder: 'arn:execution:sweep', generation: 2 });
  });

  test('is closed where the principal is back: with the entry gone it can be restored, else nothing happened', async () => {
    const gone = await begun(true);
    gone.putRole('AROANEW');
    expect(await followUp(gone)).toBe('returned');
    expect((await recordOf(gone)).journal?.outcome?.name).toBe('OrphanRemoved');
    const stands = await begun(false);
    stands.putRole('AROANEW');
    expect(await followUp(stands)).toBe('returned');
    expect((await recordOf(stands)).journal?.outcome).toMatchObject({ reasons: [{ rule: 'PrincipalReturned' }] });
    expect(stands.standing()).toBeDefined();
  });
});

describe('the principal comes back after its entry was removed', () => {
  test('a person is asked, nothing is made, and asking again asks the same', async () => {
    const world = await orphan(remove);
    await followUp(world);
    const input = await comesBack(world);
    const outcome = await runRebind(world, input);
    expect([outcome.name, outcome.reasons[0]?.rule]).toEqual(['NeedsApproval', 'ResumedDelete']);
    expect(JSON.stringify(outcome.reasons[0])).toContain('removed as orphaned');
    expect(world.standing()).toBeUndefined();
    const again = await runRebind(world, await startRebind(world));
    expect(again.name).toBe('NeedsApproval');
    expect((await recordOf(world)).asked).toHaveLength(1);
  });

  test('a person approves: the entry is back as it was, and nothing of the removal is left', async () => {
    const world = await orphan(remove);
    await followUp(world);
    await runRebind(world, await comesBack(world));
    await approve(world);
    // The next time, with somebody on the list who may have said so.
    Object.assign(world.ports.settings, { approvers: ['arn:aws:iam::111122223333:role/approvers'] });
    expect((await runRebind(world, await startRebind(world))).name).toBe('Rebound');
    expect(world.standing()).toMatchObject({
      boundId: 'AROANEW',
      entry: { tags: { team: 'orders' }, kubernetesGroups: ['readers'] },
      policies: [VIEW],
    });
    expect((await recordOf(world)).journal?.isRemoval).toBeUndefined();
  });

  test('an entry that somebody made meanwhile is like any other, and what was removed is forgotten', async () => {
    const world = await orphan(remove);
    await followUp(world);
    world.tick(60);
    world.putRole('AROANEW');
    world.tick(300);
    world.putEntry({}, [VIEW]);
    const outcome = await runRebind(world, await startRebind(world));
    expect(outcome.name).toBe('NotStale');
    expect((await recordOf(world)).journal?.isRemoval).toBeUndefined();
  });

  test('the search for entries finds what was removed in its own region, and nowhere else', async () => {
    const world = await orphan(remove);
    await followUp(world);
    const find = (region: string) =>
      findEntries(
        { schemaVersion: 1, place: { accountId: ACCOUNT, region }, principal: PRINCIPAL, now: world.world.now },
        world.ports,
      );
    expect((await find(REF.region)).entries).toEqual([REF]);
    expect((await find('us-east-1')).entries).toEqual([]);
  });

  test('an entry that somebody made and deleted meanwhile is not made again', async () => {
    const world = await orphan(remove);
    await followUp(world);
    world.putRole('AROANEW');
    world.tick(300);
    world.putEntry({}, [VIEW]);
    await inventory(world);
    world.removeEntry();
    world.tick(60);
    world.putRole('AROANEWER');
    await expect(startRebind(world)).rejects.toThrow('gone');
  });

  test('a rebind takes over a removal that never struck: from then on it is a rebind like any other', async () => {
    const world = await begun(false);
    await advanceTo(world, 'Preflight', await comesBack(world));
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'planned' });
    expect((await recordOf(world)).journal?.isRemoval).toBeUndefined();
  });

  test('while a rebind holds what was removed, the orphan policy keeps its hands off', async () => {
    const world = await begun(true);
    await comesBack(world);
    world.removeRole();
    await followUp(world);
    world.tick(300);
    expect(await followUp(world)).toBe('gone');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting', generation: 2 });
  });

  test('a removal that was left open is asked about too', async () => {
    const world = await orphan(remove);
    Object.assign(world.bare.announcements, { announce: () => Promise.reject(new Killed('killed')) });
    await expect(followUp(world)).rejects.toThrow('killed');
    const input = await comesBack(world);
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NeedsApproval ResumedDelete');
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])(
  'killed before or after call %i, and run again: removed, told, and the snapshot kept',
  async (at) => {
    for (const side of ['before', 'after'] as const) {
      const tap: Tap = {};
      const world = await orphan(remove, tap);
      let calls = 0;
      tap[side] = () => {
        calls += 1;
        if (calls === at) throw new Killed('killed');
      };
      await followUp(world).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      delete tap[side];
      expect(['removed', 'gone']).toContain(await followUp(world));
      expect(world.standing()).toBeUndefined();
      const { journal } = await recordOf(world);
      expect(journal).toMatchObject({ phase: 'closed', snapshot: { policies: [VIEW] } });
      expect(journal?.outcome?.name).toBe('OrphanRemoved');
      expect(announcedNames(world)).toContain('OrphanRemoved');
    }
  },
);

test('a rebind that was in the middle of making the entry again is not an orphan’s removal', async () => {
  const { world, input } = await staleStandard();
  Object.assign(world.bare.settings, remove);
  await advanceTo(world, 'CreateEntry', input);
  world.removeRole();
  await followUp(world);
  world.tick(300);
  expect(await followUp(world)).toBe('gone');
  expect((await recordOf(world)).journal?.phase).toBe('deleting');
});
