import { describe, expect, test } from 'vitest';
import type { LedgerRecord } from '../../../lib/core/ledger.ts';
import { planSweep } from '../../../lib/core/plan-sweep.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { tallyFrom } from '../../../lib/core/sweep-tally.ts';
import { fakeWorld, PLACE, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { inventory, recordOf } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

// What the sweep remembers, and how far one call of it gets.

const HOUR = 3_600;

async function sweep(world: FakeWorld) {
  const start = { schemaVersion: 1, place: PLACE, cursor: null, soFar: null, executionArn: 'arn:sweep' } as const;
  return sweepRegion({ ...start, now: world.tick(1) }, world.ports);
}

async function healthyWorld(tap: Tap = {}): Promise<FakeWorld> {
  const world = fakeWorld(tap);
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry();
  await inventory(world);
  return world;
}

async function changeRecord(world: FakeWorld, changes: Partial<LedgerRecord>): Promise<void> {
  const stored = await world.bare.ledger.read(REF);
  if (stored) await world.bare.ledger.write({ ...stored.record, ...changes }, stored.version);
}

const versionOf = async (world: FakeWorld) => (await world.bare.ledger.read(REF))?.version;

test('plans to sweep the regions that the service is deployed for', async () => {
  expect(await planSweep({ schemaVersion: 1 }, fakeWorld().bare)).toEqual({ schemaVersion: 1, places: [PLACE] });
});

describe('an entry that the ledger proves healthy', () => {
  test('is neither described nor written', async () => {
    const calls: string[] = [];
    const world = await healthyWorld({ before: (call) => void calls.push(call) });
    const version = await versionOf(world);
    world.tick(5 * HOUR);
    expect((await sweep(world)).totals.counts).toMatchObject({ healthy: 1 });
    expect(calls).not.toContain('accessEntries.describe');
    expect(await versionOf(world)).toBe(version);
  });

  test('is seen alive again after six hours', async () => {
    const world = await healthyWorld();
    world.tick(6 * HOUR);
    await sweep(world);
    expect(await recordOf(world)).toMatchObject({ lastSeenAliveAt: world.world.now });
  });

  test('is no longer absent', async () => {
    const world = await healthyWorld();
    await changeRecord(world, { absentSince: world.world.now });
    await sweep(world);
    expect(await recordOf(world)).not.toHaveProperty('absentSince');
  });

  test.each([
    [
      'which lost its proof meanwhile',
      { bound: { principalArn: 'arn', principalId: 'AROAX', createdAt: '2026-01-01T00:00:00Z' } },
    ],
    ['which somebody refreshed meanwhile', { lastSeenAliveAt: '2026-03-02T08:00:00.000Z' }],
  ])('%s is left as it is', async (_what, changes) => {
    const tap: Tap = {};
    const world = await healthyWorld(tap);
    world.tick(7 * HOUR);
    tap.after = async (call) => {
      if (call !== 'ledger.ofCluster') return;
      await changeRecord(world, changes);
    };
    const { bound } = await recordOf(world);
    const version = (await versionOf(world)) ?? 0;
    await sweep(world);
    expect(await versionOf(world)).toBe(version + 1);
    expect(bound).toBeDefined();
  });

  test('is described all the same while a rebind works on it', async () => {
    const calls: string[] = [];
    const world = await healthyWorld({ before: (call) => void calls.push(call) });
    const incarnation = { principalArn: REF.principalArn, principalId: 'AROAOLD', createdAt: world.world.now };
    const cause = { kind: 'event' } as const;
    const times = { startedAt: world.world.now, attempt: 1, generation: 1, holder: 'arn:x' };
    await changeRecord(world, { journal: { ...times, incarnation, cause, phase: 'planned' } });
    await sweep(world);
    expect(calls).toContain('accessEntries.describe');
  });
});

describe('an entry that is no longer listed', () => {
  test('is forgotten, and what it was bound to is not', async () => {
    const world = await healthyWorld();
    world.removeEntry();
    await sweep(world);
    const record = await recordOf(world);
    expect(record).not.toHaveProperty('entryArn');
    expect(record).not.toHaveProperty('createdAt');
    expect(record).toMatchObject({ bound: { principalId: 'AROAOLD' } });
    const version = await versionOf(world);
    await sweep(world);
    expect(await versionOf(world)).toBe(version);
  });

  test.each([
    ['while a rebind works on it', 'planned', {}, true],
    ['once its rebind has ended', 'closed', {}, false],
    ['where we removed it', 'closed', { isRemoval: true }, true],
  ] as const)('%s: %s', async (_when, phase, changes, isKept) => {
    const world = await healthyWorld();
    const incarnation = { principalArn: REF.principalArn, principalId: 'AROAOLD', createdAt: world.world.now };
    const journal = { startedAt: world.world.now, attempt: 1, generation: 1, holder: 'arn:x', incarnation, phase };
    await changeRecord(world, { journal: { ...journal, cause: { kind: 'event' }, ...changes } });
    world.removeEntry();
    await sweep(world);
    expect((await recordOf(world)).entryArn !== undefined).toBe(isKept);
  });

  test('and is made anew at that moment is not forgotten', async () => {
    const tap: Tap = {};
    const world = await healthyWorld(tap);
    world.removeEntry();
    tap.after = async (call) => {
      if (call === 'accessEntries.list') await changeRecord(world, { entryArn: 'arn:the-new-one' });
    };
    await sweep(world);
    expect(await recordOf(world)).toMatchObject({ entryArn: 'arn:the-new-one' });
  });
});

test('an entry of another account’s role is unknown without a look', async () => {
  const calls: string[] = [];
  const world = fakeWorld({ before: (call) => void calls.push(call) });
  world.putCluster();
  world.putEntry({}, [], { ...REF, principalArn: 'arn:aws:iam::999988887777:role/theirs' });
  expect((await sweep(world)).totals.counts).toMatchObject({ unknown: 1 });
  expect(calls).not.toContain('accessEntries.describe');
});

test('a principal whose ARN IAM does not show yet names no entry', async () => {
  const world = await healthyWorld();
  world.putRole('AROANEW', { arn: 'AROANEW' });
  expect((await sweep(world)).totals.counts).toMatchObject({ unknown: 1, healthy: 0 });
});

describe('an orphaned entry', () => {
  test('is followed up once its role had its time to come back', async () => {
    const world = await healthyWorld();
    world.removeRole();
    await sweep(world);
    world.tick(HOUR);
    expect((await sweep(world)).totals.counts).toMatchObject({ orphaned: 1 });
    expect(world.announced).toEqual([]);
    world.tick(world.bare.settings.graceSeconds);
    expect((await sweep(world)).totals.counts).toMatchObject({ orphaned: 1 });
    expect(world.announced).toMatchObject([{ outcome: { name: 'Orphaned' }, cause: { kind: 'sweep' } }]);
  });
});

describe('one call', () => {
  test('begins no further cluster after a thousand calls, and the next goes on there', async () => {
    const world = fakeWorld();
    for (const name of ['a', 'b', 'c']) world.putCluster({ name });
    world.putRole('AROAOLD');
    for (let index = 0; index < 1000; index += 1) {
      world.putEntry({}, [], { ...REF, clusterName: 'a', principalArn: `arn:aws:iam::111122223333:oddity/${index}` });
    }
    const first = await sweep(world);
    expect(first).toMatchObject({ more: true, cursor: 'b', totals: { counts: { unknown: 1000 } } });
    const { totals } = first;
    const rest = await sweepRegion(
      { schemaVersion: 1, place: PLACE, cursor: 'b', soFar: totals, executionArn: 'arn:sweep', now: world.tick(1) },
      world.ports,
    );
    expect(rest).toMatchObject({ more: false, cursor: null, totals: { counts: { unknown: 1000 }, failures: 0 } });
    expect(totals).not.toBe(rest.totals);
  });

  test('counts on from what was counted', () => {
    const soFar = { ...tallyFrom(null), missedEvents: 3 };
    expect(tallyFrom(soFar)).toEqual(soFar);
  });
});
