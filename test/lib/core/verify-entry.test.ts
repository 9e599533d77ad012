import { expect, test } from 'vitest';
import { EDIT, fakeWorld, REF, VIEW } from './world/fake-world.ts';
import {
  advanceTo,
  changeJournal,
  recordOf,
  roleMadeAnew,
  runRebind,
  runStep,
  said,
  staleStandard,
  startRebind,
} from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

async function beforeVerify() {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'VerifyEntry', input);
  return { world, input, tap, run: () => runStep(world, 'VerifyEntry', { input }) };
}

test('closes the journal as Rebound and remembers what the entry is bound to', async () => {
  const { world, input, run } = await beforeVerify();
  const earlier = await recordOf(world);
  const result = await run();
  expect(result).toMatchObject({
    next: 'end',
    outcome: {
      name: 'Rebound',
      reasons: [{ rule: 'StandardOnBoundTrust' }, { rule: 'ReadsBackAsWritten' }, { rule: 'Prevention' }],
      before: { entryArn: earlier.journal?.snapshot?.entryArn, policies: [EDIT, VIEW] },
      after: { entryArn: world.standing()?.entry.entryArn, policies: [EDIT, VIEW] },
    },
  });
  expect(await recordOf(world)).toMatchObject({
    entryArn: world.standing()?.entry.entryArn,
    bound: input.incarnation,
    boundFingerprint: earlier.boundFingerprint,
    lastSeenAliveAt: world.world.now,
    knownPrincipalIds: ['AROAOLD', 'AROANEW'],
    journal: { phase: 'closed', outcome: { name: 'Rebound' } },
  });
});

test('tells of tags that nobody may write, and of a cluster in mixed mode', async () => {
  const world = fakeWorld();
  world.putCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({ type: 'EC2_LINUX', tags: { 'aws:eks:managed': 'true', 'aws:cloudformation:stack-name': 'x' } });
  await roleMadeAnew(world);
  const { reasons } = await runRebind(world, await startRebind(world));
  expect(reasons.map(({ rule }) => rule)).toEqual([
    'NodeOnBoundTrust',
    'ReadsBackAsWritten',
    'TagsLost',
    'MixedMode',
    'Owner',
    'Prevention',
  ]);
  expect(reasons[2]?.explanation).toContain('aws:eks:managed, aws:cloudformation:stack-name');
  expect(reasons[2]?.explanation).toContain('whether EKS minds');
});

test('tells of a stack’s tags without a word on EKS', async () => {
  const world = fakeWorld();
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({ tags: { 'aws:cloudformation:stack-name': 'x' } });
  await roleMadeAnew(world);
  const { reasons } = await runRebind(world, await startRebind(world));
  const lost = reasons.find(({ rule }) => rule === 'TagsLost');
  expect(lost?.explanation).toContain('aws:cloudformation:stack-name');
  expect(lost?.explanation).not.toContain('EKS minds');
});

test('what reads back otherwise is tried again; when a redrive finds it still so, an owner was there', async () => {
  const { world, run } = await beforeVerify();
  world.changeEntry({}, [VIEW]);
  await expect(run()).rejects.toMatchObject({
    name: 'EntryNotAsWritten',
    message: expect.stringContaining('AmazonEKSEditPolicy'),
  });
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'created' });
  world.tick(200);
  expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
});

test('what isn’t there is tried again; when a redrive finds it still so, its owner deleted it', async () => {
  const { world, run } = await beforeVerify();
  world.removeEntry();
  await expect(run()).rejects.toMatchObject({ name: 'EntryNotAsWritten' });
  world.tick(200);
  expect(said(await run())).toBe('LeftToOwner EntryGone');
});

test('another entry is its owner’s', async () => {
  const { world, run } = await beforeVerify();
  world.putEntry();
  expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
});

test('a role made anew supersedes it and leaves the journal to the next', async () => {
  const { world, run } = await beforeVerify();
  world.putRole('AROANEWER');
  expect(said(await run())).toBe('Superseded MadeAnew');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'created' });
});

test('a trust policy that can’t be read by now leaves no fingerprint of an earlier role', async () => {
  const { world, run, input } = await beforeVerify();
  world.putRole('AROANEW', { trustPolicy: '{}', createdAt: input.incarnation.createdAt });
  expect(said(await run())).toBe('Rebound StandardOnBoundTrust');
  expect(await recordOf(world)).not.toHaveProperty('boundFingerprint');
});

test('a journal without the guard’s reasons says less', async () => {
  const { world, run } = await beforeVerify();
  await changeJournal(world, { allowedBy: [] });
  expect(said(await run())).toMatch(/^Rebound ReadsBackAsWritten/);
});

test('a cluster that is on its way out is waited for', async () => {
  const { world, run } = await beforeVerify();
  world.putCluster({ status: 'DELETING' });
  await expect(run()).rejects.toMatchObject({ name: 'ClusterNotReady', message: /is DELETING, expected ACTIVE/ });
});

test('a cluster that is gone took the entry with it', async () => {
  const { world, run } = await beforeVerify();
  world.clusters.clear();
  expect(said(await run())).toBe('LeftToOwner ClusterGone');
});

test('before the entry is made there is nothing to verify', async () => {
  const { world, run } = await beforeVerify();
  await changeJournal(world, { phase: 'deleting' });
  expect(said(await run())).toBe('inspect-again');
});

test('a lease that is taken before a delay can be noted', async () => {
  const { world, tap, run } = await beforeVerify();
  world.removeEntry();
  tap.before = async (call) => {
    if (call === 'accessEntries.policies') await changeJournal(world, { generation: 2 });
  };
  expect(said(await run())).toBe('Superseded LeaseLost');
});

test('the answer of a closed journal is given again', async () => {
  const { run } = await beforeVerify();
  expect(await run()).toEqual(await run());
});

test('the rebinds of the last day are remembered, this one among them', async () => {
  const { world, run } = await beforeVerify();
  const now = world.world.now;
  const [longAgo, lately] = [24, 23].map((hours) => new Date(Date.parse(now) - hours * 3_600_000).toISOString());
  const stored = await world.bare.ledger.read(REF);
  if (!stored) throw new Error('nothing is known of the entry');
  await world.bare.ledger.write({ ...stored.record, rebounds: [longAgo ?? '', lately ?? ''] }, stored.version);
  await run();
  expect((await recordOf(world)).rebounds).toEqual([lately, world.world.now]);
});
