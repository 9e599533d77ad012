import { describe, expect, test } from 'vitest';
import { PrincipalOfOtherAccount } from '../../../lib/core/errors.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { fakeWorld, PLACE, REF, REGION } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

async function inventory(world: FakeWorld, region: string = REGION) {
  const start = {
    schemaVersion: 1,
    place: { ...PLACE, region },
    cursor: null,
    soFar: null,
    executionArn: 'arn:sweep',
  } as const;
  const { totals } = await sweepRegion({ ...start, now: world.tick(1) }, world.ports);
  return totals;
}

function healthyWorld(tap: Tap = {}): FakeWorld {
  const world = fakeWorld(tap);
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry();
  return world;
}

test('remembers what a healthy entry is bound to, with its trust', async () => {
  const world = healthyWorld();
  expect((await inventory(world)).counts).toMatchObject({ healthy: 1, stale: 0 });
  const { entryArn, createdAt, type } = world.standing()?.entry ?? {};
  expect(await recordOf(world)).toEqual({
    schemaVersion: 1,
    entry: REF,
    entryArn,
    createdAt,
    type,
    bound: expect.objectContaining({ principalId: 'AROAOLD' }),
    boundFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    lastSeenAliveAt: world.world.now,
    knownPrincipalIds: ['AROAOLD'],
    asked: [],
  });
});

test('a stale entry keeps what is known of its earlier role', async () => {
  const world = healthyWorld();
  await inventory(world);
  const before = await recordOf(world);
  world.putRole('AROANEW', { trustPolicy: '{}' });
  expect((await inventory(world)).counts).toMatchObject({ stale: 1, healthy: 0 });
  expect(await recordOf(world)).toEqual({ ...before, knownPrincipalIds: ['AROAOLD', 'AROANEW'] });
});

describe('the bound fingerprint', () => {
  test('stays where the trust of the same role can’t be read for once', async () => {
    const world = healthyWorld();
    await inventory(world);
    const { boundFingerprint } = await recordOf(world);
    world.putRole('AROAOLD', { trustPolicy: '{}', createdAt: '2026-03-01T08:00:00.000Z' });
    await inventory(world);
    expect(await recordOf(world)).toMatchObject({ boundFingerprint });
  });

  test('changes with the trust of a living role', async () => {
    const world = healthyWorld();
    await inventory(world);
    const { boundFingerprint } = await recordOf(world);
    const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const trustPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    world.putRole('AROAOLD', { trustPolicy, createdAt: '2026-03-01T08:00:00.000Z' });
    await inventory(world);
    expect((await recordOf(world)).boundFingerprint).not.toBe(boundFingerprint);
  });
});

test('a role that is not there is orphaned only when it is missing a second time, minutes later', async () => {
  const world = healthyWorld();
  await inventory(world);
  world.removeRole();
  expect((await inventory(world)).counts).toMatchObject({ unknown: 1, orphaned: 0 });
  world.tick(60);
  expect((await inventory(world)).counts).toMatchObject({ unknown: 1, orphaned: 0 });
  world.tick(60);
  expect((await inventory(world)).counts).toMatchObject({ unknown: 0, orphaned: 1 });
  world.putRole('AROAOLD', { createdAt: '2026-03-01T08:00:00.000Z' });
  await inventory(world);
  expect(await recordOf(world)).not.toHaveProperty('absentSince');
});

test.each([
  ['a role of another account', REF.principalArn, new PrincipalOfOtherAccount('elsewhere')],
  ['an ARN that nobody can read', 'arn:aws:iam::111122223333:oddity/x', undefined],
])('%s is unknown', async (_what, principalArn, error) => {
  const world = fakeWorld({
    before: (call) => {
      if (error && call === 'principals.read') throw error;
    },
  });
  world.putCluster();
  world.putEntry({}, [], { ...REF, principalArn });
  expect((await inventory(world)).counts).toMatchObject({ unknown: 1 });
});

test('a service-linked role’s entry is none of ours', async () => {
  const world = fakeWorld();
  world.putCluster();
  const principalArn = 'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS';
  world.putEntry({}, [], { ...REF, principalArn });
  expect((await inventory(world)).counts).toMatchObject({ notApplicable: 1 });
});

describe('old news', () => {
  test('a stale read of an earlier role takes nothing back', async () => {
    const world = healthyWorld();
    await inventory(world);
    const before = await recordOf(world);
    world.putRole('AROAOLDER', { createdAt: '2020-01-01T00:00:00Z' });
    expect((await inventory(world)).counts).toMatchObject({ unknown: 1 });
    expect(await recordOf(world)).toEqual(before);
  });

  test('an entry older than the one known takes nothing back', async () => {
    const world = healthyWorld();
    await inventory(world);
    const before = await recordOf(world);
    world.putRole('AROANEW');
    world.changeEntry({ createdAt: '2020-01-01T00:00:00Z' });
    expect((await inventory(world)).counts).toMatchObject({ unknown: 1 });
    expect(await recordOf(world)).toEqual(before);
  });
});

test('an entry that a rebind has deleted is missing, and one that is back is not', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'CreateEntry', input);
  expect((await inventory(world)).counts).toMatchObject({ missing: 1, healthy: 0 });
  await runStep(world, 'CreateEntry', { input });
  expect((await inventory(world)).counts).toMatchObject({ missing: 0, healthy: 1 });
});

test('an open journal of another region is counted there', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'CreateEntry', input);
  const { counts } = await inventory(world, 'us-east-1');
  expect(counts).toMatchObject({ missing: 0 });
});

test('does not disturb a rebind that is under way', async () => {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'DeleteEntry', input);
  tap.before = async (call) => {
    if (call !== 'accessEntries.describe') return;
    tap.before = () => {};
    await inventory(world);
  };
  expect(await runStep(world, 'DeleteEntry', { input })).toMatchObject({ next: 'continue' });
  await changeJournal(world, {});
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
});

test('a role that can’t be read for a reason nobody knows: its cluster is not searched', async () => {
  const world = healthyWorld({
    before: (call) => {
      if (call === 'principals.read') throw new TypeError('refused');
    },
  });
  world.removeRole();
  expect((await inventory(world)).notSearched).toMatchObject([{ reason: 'TypeError: refused', mustSearch: true }]);
});

test('says where nobody looked, and looks at the rest', async () => {
  const tap: Tap = {};
  const world = healthyWorld(tap);
  world.putCluster({ name: 'old', authenticationMode: 'CONFIG_MAP' });
  world.putCluster({ name: 'tills' });
  world.putCluster({ name: 'broken' });
  let lists = 0;
  tap.before = (call) => {
    if (call === 'accessEntries.list' && (lists += 1) === 1) throw new Error('refused');
  };
  const { counts, notSearched } = await inventory(world);
  expect(counts).toMatchObject({ healthy: 1 });
  expect(notSearched).toEqual([
    { ...PLACE, clusterName: 'broken', reason: 'Error: refused', mustSearch: true },
    { ...PLACE, clusterName: 'old', reason: 'ConfigMapMode', mustSearch: false },
  ]);
});

test('a cluster and an entry that vanish meanwhile are no matter', async () => {
  const tap: Tap = {};
  const world = healthyWorld(tap);
  tap.after = (call) => void (call === 'accessEntries.list' && world.removeEntry());
  expect((await inventory(world)).counts).toMatchObject({ healthy: 0, unknown: 0 });
  tap.after = (call) => void (call === 'clusters.list' && world.clusters.clear());
  expect((await inventory(world)).notSearched).toMatchObject([{ reason: 'ClusterVanished', mustSearch: false }]);
});

test('reads all roles in one pass; one that the pass lacks is read once, however many entries name it', async () => {
  let reads = 0;
  const world = healthyWorld({ before: (call) => void (reads += Number(call === 'principals.read')) });
  world.putCluster({ name: 'tills' });
  world.putEntry({}, [], { ...REF, clusterName: 'tills' });
  expect((await inventory(world)).counts).toMatchObject({ healthy: 2 });
  expect(reads).toBe(0);
  world.bare.allPrincipals.list = async () => [];
  expect((await inventory(world)).counts).toMatchObject({ healthy: 2 });
  expect(reads).toBe(1);
});

test('a role whose ARN is still its bare id in the pass is read singly, and judged by that', async () => {
  const world = healthyWorld();
  const listed = await world.bare.allPrincipals.list(REF.accountId);
  // For a while after a create IAM shows the bare unique id as the ARN (terraform-provider-aws#22018).
  world.bare.allPrincipals.list = async () => listed.map((reading) => ({ ...reading, arn: reading.principalId }));
  expect((await inventory(world)).counts).toMatchObject({ healthy: 1 });
});
