import { describe, expect, test } from 'vitest';
import { askForApproval } from '../../../lib/core/ask-for-approval.ts';
import { followUpOrphan } from '../../../lib/core/follow-up-orphan.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import type { SweepTotals } from '../../../lib/core/sweep-tally.ts';
import { ADMIN, fakeWorld, PLACE, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import {
  advanceTo,
  changeJournal,
  recordOf,
  roleMadeAnew,
  runRebind,
  runStep,
  staleStandard,
  startRebind,
} from './world/run-rebind.ts';

/** What was recorded while some work was done, line by line. */
async function recordedBy({ recorded }: FakeWorld, work: () => Promise<unknown>) {
  recorded.length = 0;
  await work();
  return [...recorded];
}

describe('InspectEntry counts an entry', () => {
  test('that is stale, in each look', async () => {
    const { world, input } = await staleStandard();
    const look = () => runStep(world, 'InspectEntry', { input });
    expect(await recordedBy(world, look)).toEqual([{ AccessEntryValidationErrors: 1 }]);
    expect(await recordedBy(world, look)).toEqual([{ AccessEntryValidationErrors: 1 }]);
  });

  test('that is stale and may not be rebound', async () => {
    const { world, input } = await staleStandard();
    Object.assign(world.bare.settings, { mode: 'report' });
    const recorded = await recordedBy(world, () => runStep(world, 'InspectEntry', { input }));
    expect(recorded).toEqual([{ AccessEntryValidationErrors: 1 }]);
  });

  test('that we deleted and that is not back', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    const recorded = await recordedBy(world, () => runStep(world, 'InspectEntry', { input }));
    expect(recorded).toEqual([{ AccessEntryValidationErrors: 1 }]);
  });

  test.each([
    ['is healthy', (world: FakeWorld) => void world.putEntry()],
    ['its owner deleted', (world: FakeWorld) => void world.removeEntry()],
  ])('not where it %s', async (_what, meanwhile) => {
    const { world, input } = await staleStandard();
    meanwhile(world);
    expect(await recordedBy(world, () => runStep(world, 'InspectEntry', { input }))).toEqual([]);
  });
});

const secondsBefore = (time: string | undefined, seconds: number) =>
  new Date(Date.parse(time ?? '') - seconds * 1000).toISOString();

async function beforeVerify() {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'VerifyEntry', input);
  return { world, input, run: () => runStep(world, 'VerifyEntry', { input }) };
}

describe('VerifyEntry', () => {
  test('records how long the rebind took, and how long nobody had access', async () => {
    const { world, input, run } = await beforeVerify();
    await changeJournal(world, { deletingSince: secondsBefore(world.standing()?.entry.createdAt, 42) });
    const recorded = await recordedBy(world, run);
    const seconds = (Date.parse(world.world.now) - Date.parse(input.incarnation.createdAt)) / 1000;
    expect(seconds).toBeGreaterThan(120);
    expect(recorded).toEqual([{ SecondsToRebound: seconds, SecondsWithoutAccess: 42 }]);
  });

  test('records none below zero, where EKS cuts its times to the second', async () => {
    const { world, run } = await beforeVerify();
    await changeJournal(world, { deletingSince: secondsBefore(world.standing()?.entry.createdAt, -0.4) });
    expect(await recordedBy(world, run)).toMatchObject([{ SecondsWithoutAccess: 0 }]);
  });

  test('records nothing when it is run again', async () => {
    const { world, run } = await beforeVerify();
    await run();
    expect(await recordedBy(world, run)).toEqual([]);
  });

  test('records nothing where the entry is not whole', async () => {
    const { world, run } = await beforeVerify();
    world.changeEntry({}, []);
    expect(await recordedBy(world, () => run().catch(() => {}))).toEqual([]);
  });
});

test('AskForApproval counts a question once, though two executions wait for its answer', async () => {
  const world = fakeWorld();
  Object.assign(world.bare.settings, { approvers: ['arn:aws:iam::111122223333:role/approvers'] });
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({}, [ADMIN]);
  await roleMadeAnew(world);
  const { generation, incarnation, cause } = await startRebind(world);
  const holder = (await recordOf(world)).journal?.holder ?? '';
  const input = { schemaVersion: 1, journal: { entry: REF, generation, holder }, incarnation, cause } as const;
  await runStep(world, 'InspectEntry', { input: { schemaVersion: 1, entry: REF, generation, incarnation, cause } });
  const ask = (taskToken: string) => askForApproval({ ...input, now: world.tick(30), taskToken }, world.bare);
  expect(await recordedBy(world, () => ask('token-1'))).toEqual([{ Waiting: 1 }]);
  expect(await recordedBy(world, () => ask('token-2'))).toEqual([]);
});

const sweep = (world: FakeWorld, cursor: string | null = null, soFar: SweepTotals | null = null) =>
  sweepRegion(
    { schemaVersion: 1, place: PLACE, cursor, soFar, executionArn: 'arn:sweep', now: world.tick(1) },
    world.bare,
  );

describe('a sweep', () => {
  test('that sees nothing wrong says so', async () => {
    const world = fakeWorld();
    world.putCluster();
    expect(await recordedBy(world, () => sweep(world))).toEqual([
      { AccessEntryValidationErrors: 0, OpenJournals: 0, SecondsWaiting: 0 },
    ]);
  });

  test('counts what is stale', async () => {
    const { world } = await staleStandard();
    expect(await recordedBy(world, () => sweep(world))).toMatchObject([
      { AccessEntryValidationErrors: 1, OpenJournals: 0 },
    ]);
  });

  test('counts what is missing, and its open journal', async () => {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    expect(await recordedBy(world, () => sweep(world))).toMatchObject([
      { AccessEntryValidationErrors: 1, OpenJournals: 1 },
    ]);
  });

  test('that goes on in another call counts there what that call sees, and no journal twice', async () => {
    const { world } = await staleStandard();
    const { totals } = await sweep(world);
    const recorded = await recordedBy(world, () => sweep(world, 'zebra', totals));
    expect(recorded).toEqual([{ AccessEntryValidationErrors: 0, SecondsWaiting: 0 }]);
  });
});

test('an orphan is counted once for its absence', async () => {
  const world = fakeWorld();
  world.putCluster();
  world.putEntry();
  const look = (seconds: number) =>
    followUpOrphan(
      { schemaVersion: 1, entry: REF, now: world.tick(seconds), executionArn: 'arn:one', cause: { kind: 'event' } },
      world.bare,
    );
  await look(60);
  expect(await recordedBy(world, () => look(600))).toEqual([{ Orphaned: 1 }]);
  expect(await recordedBy(world, () => look(600))).toEqual([]);
});

test('a whole rebind is counted once', async () => {
  const { world, input } = await staleStandard();
  const recorded = await recordedBy(world, () => runRebind(world, input));
  expect(recorded.filter((values) => 'Rebound' in values)).toEqual([{ Rebound: 1 }]);
});
