import { describe, expect, test } from 'vitest';
import type { Answer, LedgerRecord } from '../../../lib/core/ledger.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { ACCOUNT, fakeWorld, PLACE, PRINCIPAL, REF, ROLE_ARN, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, inventory, recordOf, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

// What the sweep starts, and what it leaves alone.

const HOUR = 3_600;
const DAY = 86_400;

async function sweep(world: FakeWorld, executionArn = 'arn:sweep') {
  const start = { schemaVersion: 1, place: PLACE, cursor: null, soFar: null, executionArn } as const;
  const { totals } = await sweepRegion({ ...start, now: world.tick(1) }, world.ports);
  return totals;
}

/** An entry whose role was made anew an hour ago, and nobody heard of it. */
async function missed(tap: Tap = {}): Promise<FakeWorld> {
  const world = fakeWorld(tap);
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({}, [VIEW]);
  await inventory(world);
  world.tick(HOUR);
  world.putRole('AROANEW');
  world.tick(HOUR);
  return world;
}

async function changeRecord(world: FakeWorld, changes: Partial<LedgerRecord>): Promise<void> {
  const stored = await world.bare.ledger.read(REF);
  if (stored) await world.bare.ledger.write({ ...stored.record, ...changes }, stored.version);
}

/** Ends every execution. */
function endAll(world: FakeWorld, status: 'SUCCEEDED' | 'FAILED', outcome = 'NeedsApproval'): void {
  for (const [name, execution] of world.executions) {
    world.executions.set(name, { ...execution, status: { status, ...(status === 'SUCCEEDED' && { outcome }) } });
  }
}

async function answer(world: FakeWorld, answers: readonly Answer[], principalId = 'AROANEW'): Promise<void> {
  const incarnation = { principalArn: ROLE_ARN, principalId, createdAt: world.world.now };
  const times = { askedAt: world.world.now, expiresAt: world.world.now };
  const question = {
    schemaVersion: 1,
    id: 'q',
    principal: PRINCIPAL,
    incarnation,
    digests: [],
    ...times,
    answers,
  } as const;
  await world.bare.ledger.writeQuestion(question, 0);
  const asked = { principalId, askedAt: world.world.now, rules: [], digest: 'd' };
  await changeRecord(world, { asked: [asked, { ...asked, questionId: 'q' }] });
}

async function ended(name: 'NeedsApproval' | 'Refused'): Promise<FakeWorld> {
  const world = await missed();
  await sweep(world);
  await changeJournal(world, { phase: 'closed', outcome: { name, reasons: [] } });
  endAll(world, 'SUCCEEDED', name);
  return world;
}

/** The rebind deleted the entry, and its execution ended so. */
async function left(status: 'SUCCEEDED' | 'FAILED', tap: Tap = {}): Promise<FakeWorld> {
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'CreateEntry', input);
  endAll(world, status);
  return world;
}

describe('a stale entry', () => {
  test('that no event told of is started, and counted as missed', async () => {
    const world = await missed();
    expect(await sweep(world)).toMatchObject({ missedEvents: 1, started: 1 });
    const [execution] = world.executions.values();
    expect(execution?.input.cause).toEqual({ kind: 'sweep', sourceExecutionArn: 'arn:sweep' });
  });

  test('is counted once more by the same sweep begun again, and not by the next', async () => {
    const world = await missed();
    await sweep(world);
    expect(await sweep(world)).toMatchObject({ missedEvents: 1, started: 1 });
    expect(await sweep(world, 'arn:next')).toMatchObject({ missedEvents: 0, started: 1 });
    expect(world.executions.size).toBe(1);
  });

  test('whose rebind has failed waits for a redrive', async () => {
    const world = await missed();
    await sweep(world);
    endAll(world, 'FAILED');
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 0, needsRedrive: 1 });
  });

  test('of one role in two clusters is started together', async () => {
    const world = await missed();
    world.putCluster({ name: 'tills' });
    world.putEntry({ createdAt: '2026-03-01T08:00:00.000Z' }, [], { ...REF, clusterName: 'tills' });
    expect(await sweep(world)).toMatchObject({ missedEvents: 2, started: 2 });
    expect((await recordOf(world)).journal).toMatchObject({ batchSize: 2 });
  });

  test('that can’t be started is told, and stops nothing', async () => {
    const tap: Tap = {};
    const world = await missed(tap);
    tap.before = (call) => {
      if (call === 'rebinds.start') throw new Error('refused');
    };
    expect(await sweep(world)).toMatchObject({ failures: 1, counts: { stale: 1 } });
  });
});

describe('left alone is a stale entry', () => {
  test('whose role GetRole shows otherwise than the list', async () => {
    const world = await missed();
    const listed = await world.bare.allPrincipals.list(ACCOUNT);
    world.bare.allPrincipals.list = async () => listed;
    world.putRole('AROALATER', { createdAt: '2026-03-01T09:30:00.000Z' });
    expect(await sweep(world)).toMatchObject({ counts: { stale: 1 }, missedEvents: 0, started: 0 });
  });

  test('whose role is gone again', async () => {
    const world = await missed();
    const listed = await world.bare.allPrincipals.list(ACCOUNT);
    world.bare.allPrincipals.list = async () => listed;
    world.removeRole();
    expect(await sweep(world)).toMatchObject({ counts: { stale: 1 }, missedEvents: 0 });
  });

  test('whose role the list lacks and GetRole shows to be minutes old', async () => {
    const world = await missed();
    world.putRole('AROALATER');
    world.bare.allPrincipals.list = async () => [];
    world.tick(800);
    expect(await sweep(world)).toMatchObject({ counts: { stale: 1 }, missedEvents: 0 });
    world.tick(HOUR);
    expect(await sweep(world)).toMatchObject({ missedEvents: 1, started: 1 });
  });
});

describe('after a rebind that ended without success', () => {
  test('another is started a day later', async () => {
    const world = await ended('Refused');
    world.tick(HOUR);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 0 });
    world.tick(DAY);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 1 });
  });

  test('a day after the wait for an answer, where it had asked', async () => {
    const world = await ended('NeedsApproval');
    world.tick(DAY);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 0 });
    world.tick(world.bare.settings.approvalSeconds);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 1 });
  });

  test.each([
    ['at once where somebody has approved since', 'approved', 'AROANEW', 1],
    ['not where somebody has denied', 'denied', 'AROANEW', 0],
    ['not where an earlier role was approved', 'approved', 'AROAOLD', 0],
  ] as const)('%s', async (_when, verdict, principalId, started) => {
    const world = await ended('NeedsApproval');
    await answer(world, [{ verdict, by: 'arn:person', at: world.tick(60) }], principalId);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started });
  });

  test('not where nobody has answered, or the approval came before it', async () => {
    const world = await ended('NeedsApproval');
    await answer(world, []);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 0 });
    const before = { verdict: 'approved', by: 'arn:person', at: '2026-03-01T08:00:00.000Z' } as const;
    const stored = await world.bare.ledger.readQuestion('q');
    if (stored) await world.bare.ledger.writeQuestion({ ...stored.question, answers: [before] }, stored.version);
    expect(await sweep(world, 'arn:next')).toMatchObject({ started: 0 });
  });
});

describe('an open journal', () => {
  test('of less than an hour is left to its execution', async () => {
    const world = await left('FAILED');
    world.tick(1_800);
    expect(await sweep(world)).toMatchObject({ counts: { missing: 1 }, started: 0, needsRedrive: 0 });
  });

  test('whose execution has failed is taken up with another attempt', async () => {
    const world = await left('FAILED');
    const { snapshot } = (await recordOf(world)).journal ?? {};
    world.tick(2 * HOUR);
    expect(await sweep(world)).toMatchObject({ counts: { missing: 1 }, started: 1, needsRedrive: 0 });
    expect((await recordOf(world)).journal).toMatchObject({ attempt: 2, phase: 'deleting', snapshot });
    // Killed and begun again it finds the same attempt.
    expect(await sweep(world)).toMatchObject({ started: 1 });
    expect((await recordOf(world)).journal).toMatchObject({ attempt: 2 });
  });

  test('that another recreation has taken meanwhile is not taken from it', async () => {
    const tap: Tap = {};
    const world = await left('FAILED', tap);
    world.tick(2 * HOUR);
    let describes = 0;
    tap.after = async (call) => {
      // The second look at how its execution stands is that of StartRebinds.
      if (call !== 'rebinds.describe' || (describes += 1) !== 2) return;
      const incarnation = { principalArn: ROLE_ARN, principalId: 'AROALATER', createdAt: world.world.now };
      await changeJournal(world, { incarnation, holder: 'arn:another' });
    };
    expect(await sweep(world)).toMatchObject({ started: 0, needsRedrive: 1 });
    expect((await recordOf(world)).journal).toMatchObject({ holder: 'arn:another' });
  });

  test('that people were asked about is left to them for a while', async () => {
    const world = await left('SUCCEEDED');
    world.tick(DAY);
    expect(await sweep(world)).toMatchObject({ counts: { missing: 1 }, started: 0 });
    world.tick(world.bare.settings.approvalSeconds);
    expect(await sweep(world)).toMatchObject({ counts: { missing: 1 }, started: 1 });
  });

  test('goes to the role that was made anew since', async () => {
    const world = await left('SUCCEEDED');
    world.tick(HOUR);
    world.putRole('AROALATER');
    world.tick(HOUR);
    expect(await sweep(world)).toMatchObject({ started: 1 });
    expect((await recordOf(world)).journal).toMatchObject({ incarnation: { principalId: 'AROALATER' }, attempt: 1 });
  });

  test('waits where there is no such role', async () => {
    const world = await left('FAILED');
    world.removeRole();
    world.tick(2 * HOUR);
    expect(await sweep(world)).toMatchObject({ counts: { missing: 1 }, started: 0, failures: 0 });
  });

  test('that was closed since it was listed is left alone', async () => {
    const world = await left('FAILED');
    const listed = await world.bare.ledger.withOpenJournal();
    world.bare.ledger.withOpenJournal = async () => listed;
    await changeJournal(world, { phase: 'closed', outcome: { name: 'LeftToOwner', reasons: [] } });
    world.tick(2 * HOUR);
    expect(await sweep(world)).toMatchObject({ started: 0 });
  });
});
