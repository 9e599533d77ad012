import { describe, expect, test } from 'vitest';
import { allocateAttempt } from '../../../lib/core/allocate-attempt.ts';
import { approveShown } from '../../../lib/core/approve-shown.ts';
import type { PlannedRebind } from '../../../lib/core/plan-fix.ts';
import { planUndo } from '../../../lib/core/plan-undo.ts';
import { newRecord } from '../../../lib/core/update-record.ts';
import { ADMIN, EDIT, REF, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runRebind, runStep, said, staleStandard } from './world/run-rebind.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';

/** A world in which a person's entry was rebound, with a person who may approve. */
async function rebound() {
  const { world, input } = await staleStandard();
  await runRebind(world, input);
  Object.assign(world.ports.settings, { approvers: [ANN] });
  world.tick(3_600);
  return world;
}

const plan = async (world: FakeWorld) => planUndo(await recordOf(world), { now: world.tick(1) }, world.bare);

/** What a person says yes to; anything else fails the test. */
async function possible(world: FakeWorld): Promise<PlannedRebind> {
  const planned = await plan(world);
  if (planned.action !== 'ask' && planned.action !== 'rebind') throw new Error(`planned is ${planned.action}`);
  return planned;
}

/** Allocates the undo's attempt, as approved unless it isn't, and gives the input of its workflow. */
async function begin(world: FakeWorld, planned: PlannedRebind, isApproved = true) {
  const { entry, incarnation, before, beginning } = planned;
  const cause = { kind: 'person' } as const;
  const wanted = { entry, incarnation, entryArn: before?.entryArn, cause, now: world.tick(1), beginning };
  const allocation = await allocateAttempt(wanted, world.bare);
  if (allocation.status !== 'allocated') throw new Error(allocation.status);
  await world.bare.rebinds.start(allocation.name, allocation.input);
  if (isApproved) await approveShown([planned], { by: ANN, at: world.tick(1) }, world.bare.ledger);
  return allocation.input;
}

describe('an undo is planned', () => {
  test('not of what was never changed', async () => {
    const { world, input } = await staleStandard();
    expect(await plan(world)).toMatchObject({ action: 'none', explanation: 'nothing of it was ever changed' });
    await runStep(world, 'InspectEntry', { input });
    expect(await plan(world)).toMatchObject({ action: 'none', explanation: 'nothing of it was ever changed' });
    expect(await planUndo(newRecord(REF), { now: world.tick(1) }, world.bare)).toMatchObject({ action: 'none' });
  });

  test('not of what is as it was', async () => {
    expect(await plan(await rebound())).toMatchObject({ action: 'none', verdict: 'healthy' });
  });

  test.each([
    ['no cluster', (world: FakeWorld) => world.clusters.clear()],
    ['no principal', (world: FakeWorld) => world.removeRole()],
  ])('not where there is %s', async (_, change) => {
    const world = await rebound();
    change(world);
    expect(await plan(world)).toMatchObject({ action: 'none', verdict: 'notApplicable' });
  });

  test('as the finishing of what was begun and never finished', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    expect(await plan(world)).toMatchObject({ verdict: 'missing', reasons: [{ rule: 'ResumedDelete' }] });
  });

  test('of an entry that is gone: it is made again, once a person says so', async () => {
    const world = await rebound();
    world.removeEntry();
    const planned = await possible(world);
    expect(planned).toMatchObject({ verdict: 'missing', action: 'ask', after: { policies: [EDIT, VIEW] } });
    const outcome = await runRebind(world, await begin(world, planned));
    expect(outcome.name).toBe('Rebound');
    expect(world.standing()?.policies).toEqual([EDIT, VIEW]);
  });

  test('of an entry that lost policies: they are given back, and it stays', async () => {
    const world = await rebound();
    const entryArn = world.standing()?.entry.entryArn;
    world.changeEntry({}, [VIEW]);
    const outcome = await runRebind(world, await begin(world, await possible(world)));
    expect(outcome.name).toBe('Rebound');
    expect(world.standing()).toMatchObject({ entry: { entryArn }, policies: [VIEW, EDIT] });
  });

  test('of an entry that was never made anew but lost policies: it is replaced', async () => {
    const world = await rebound();
    const entryArn = world.standing()?.entry.entryArn ?? '';
    const { snapshot } = (await recordOf(world)).journal ?? {};
    if (snapshot) await changeJournal(world, { snapshot: { ...snapshot, entryArn } });
    world.changeEntry({}, [VIEW]);
    expect(await plan(world)).toMatchObject({ beginning: { phase: 'planned', replaces: { entryArn } } });
  });

  test('of a user, who has no trust policy', async () => {
    const world = await rebound();
    const [key = '', principal] = [...world.principals][0] ?? [];
    const { trustPolicy: _none, ...user } = principal ?? world.putRole('AROANEW');
    world.principals.set(key, user);
    world.removeEntry();
    expect(await possible(world)).not.toHaveProperty('trustPolicy');
  });

  test('without knowing which execution had deleted it', async () => {
    const world = await rebound();
    const { deletedBy: _unknown, ...journal } = (await recordOf(world)).journal ?? {};
    const stored = await world.bare.ledger.read(REF);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a journal but for one optional member
    await world.bare.ledger.write({ ...(await recordOf(world)), journal: journal as never }, stored?.version ?? 0);
    world.removeEntry();
    expect(await plan(world)).toMatchObject({ beginning: { phase: 'deleting' } });
  });
});

test('an undo whose delete never reached EKS can be begun anew', async () => {
  const world = await rebound();
  world.changeEntry({ kubernetesGroups: ['strangers'] });
  await advanceTo(world, 'DeleteEntry', await begin(world, await possible(world)));
  await changeJournal(world, { phase: 'deleting', deletingSince: world.tick(1), deletedBy: 'arn:killed' });
  expect(await plan(world)).toMatchObject({
    after: { kubernetesGroups: ['readers'] },
    beginning: { phase: 'planned' },
  });
});

test('an undo that ended before its delete can be begun anew', async () => {
  const world = await rebound();
  world.changeEntry({ kubernetesGroups: ['strangers'] });
  await begin(world, await possible(world));
  const again = await possible(world);
  expect((await runRebind(world, await begin(world, again))).name).toBe('Rebound');
  expect(world.standing()?.entry.kubernetesGroups).toEqual(['readers']);
});

describe('an entry that is not as it was', () => {
  test('is replaced, with what was added gone and what was lost back', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'], tags: { 'aws:mark': 'x' } }, [ADMIN]);
    const planned = await possible(world);
    expect(planned.notes.map(({ rule }) => rule)).toContain('TagsLost');
    const outcome = await runRebind(world, await begin(world, planned));
    expect(outcome.name).toBe('Rebound');
    expect(world.standing()).toMatchObject({
      entry: { kubernetesGroups: ['readers'], tags: { team: 'orders' } },
      policies: [EDIT, VIEW],
    });
  });

  test('is not given a policy by the mere try whether it could be', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] }, [VIEW]);
    const input = await begin(world, await possible(world));
    await advanceTo(world, 'DeleteEntry', input);
    expect(world.standing()?.policies).toEqual([VIEW]);
  });

  test('is left alone where nobody approved', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] });
    Object.assign(world.ports.settings, { mode: 'ask' });
    const input = await begin(world, await possible(world), false);
    expect(await runStep(world, 'InspectEntry', { input })).toMatchObject({ next: 'ask' });
    expect(world.standing()?.entry.kubernetesGroups).toEqual(['strangers']);
  });

  test('is left to its owner who was at it again', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] });
    const input = await begin(world, await possible(world));
    world.changeEntry({ kubernetesGroups: ['wanted'] });
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('LeftToOwner ChangedByOwner');
  });

  test('is left alone once somebody put it right', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] });
    const input = await begin(world, await possible(world));
    world.changeEntry({ kubernetesGroups: ['readers'] });
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale HasAllItHad');
  });

  test('loses its lease to a later attempt while it is planned', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] });
    const input = await begin(world, await possible(world));
    const { ledger } = world.bare;
    const principals = { ...world.bare.principals };
    Object.assign(world.bare.principals, {
      async read(principal: Parameters<typeof principals.read>[0]) {
        const stored = await ledger.read(REF);
        const { journal } = stored?.record ?? {};
        if (stored && journal?.generation === input.generation) {
          await ledger.write({ ...stored.record, journal: { ...journal, generation: 99 } }, stored.version);
        }
        return principals.read(principal);
      },
    });
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('Superseded LeaseLost');
  });

  test('is made as it once was where the replacement was cut short past its delete', async () => {
    const world = await rebound();
    world.changeEntry({ kubernetesGroups: ['strangers'] });
    const input = await begin(world, await possible(world));
    await advanceTo(world, 'CreateEntry', input);
    expect(await plan(world)).toMatchObject({ verdict: 'missing', after: { kubernetesGroups: ['readers'] } });
  });
});
