import { describe, expect, test } from 'vitest';
import { ADMIN, EDIT, fakeWorld, REF, VIEW } from './world/fake-world.ts';
import {
  advanceTo,
  changeJournal,
  recordOf,
  roleMadeAnew,
  runStep,
  said,
  staleStandard,
  startRebind,
} from './world/run-rebind.ts';

test('plans the rebind of a stale entry with its snapshot and what allowed it', async () => {
  const { world, input } = await staleStandard();
  expect(await runStep(world, 'InspectEntry', { input })).toEqual({
    schemaVersion: 1,
    next: 'continue',
    admin: false,
  });
  const { journal } = await recordOf(world);
  expect(journal).toMatchObject({
    phase: 'planned',
    snapshot: { entryArn: world.standing()?.entry.entryArn, policies: [EDIT, VIEW], tags: { team: 'orders' } },
    allowedBy: [{ rule: 'StandardOnBoundTrust' }],
  });
});

test('an entry made after its role is not stale', async () => {
  const { world, input } = await staleStandard();
  world.putEntry();
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale healthy');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed', outcome: { name: 'NotStale' } });
});

test('an entry that may hold an earlier id is not rebound, and not called healthy', async () => {
  const { world, input } = await staleStandard();
  world.putEntry({ createdAt: input.incarnation.createdAt });
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale unproven');
});

test('an entry that the ledger knows to be bound to an earlier role is stale, however young', async () => {
  const { world, input } = await staleStandard();
  const entryArn = world.standing()?.entry.entryArn ?? '';
  world.putEntry({ createdAt: input.incarnation.createdAt, entryArn });
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
});

test('an entry that nobody saw before is judged by its age alone', async () => {
  const world = fakeWorld();
  world.putCluster();
  world.putRole('AROANEW');
  world.putEntry();
  const input = await startRebind(world);
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale healthy');
});

test('a deletion noted before tells of an earlier role', async () => {
  const world = fakeWorld();
  world.putCluster();
  world.putRole('AROANEW');
  world.putEntry();
  const input = await startRebind(world);
  const stored = await world.bare.ledger.read(REF);
  if (stored) await world.bare.ledger.write({ ...stored.record, deletionNotedAt: world.world.now }, stored.version);
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale unproven');
});

test('an entry that is gone is left gone', async () => {
  const { world, input } = await staleStandard();
  world.removeEntry();
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NotStale EntryGone');
});

test.each([
  ['is gone', 'LeftToOwner ClusterGone', undefined],
  ['has no access entries', 'NotStale notApplicable', { authenticationMode: 'CONFIG_MAP' }],
] as const)('a cluster that %s', async (_what, expected, cluster) => {
  const { world, input } = await staleStandard();
  if (cluster) world.putCluster(cluster);
  else world.clusters.clear();
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe(expected);
});

test('asks once for an incarnation, and tells of a cluster in mixed mode', async () => {
  const world = fakeWorld();
  world.putCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({}, [ADMIN]);
  await roleMadeAnew(world);
  const result = await runStep(world, 'InspectEntry', { input: await startRebind(world) });
  expect(result).toMatchObject({
    outcome: {
      reasons: [{ rule: 'AdminPolicy' }, { rule: 'MixedMode' }, { rule: 'Prevention' }, { rule: 'NoApprovers' }],
    },
  });
  expect(said(await runStep(world, 'InspectEntry', { input: await startRebind(world) }))).toBe(
    'NeedsApproval AdminPolicy',
  );
  expect((await recordOf(world)).asked).toEqual([expect.objectContaining({ principalId: 'AROANEW' })]);
});

test('refuses an entry whose ARN has another path than the role', async () => {
  const { world, input } = await staleStandard();
  world.putRole('AROANEW', {
    arn: 'arn:aws:iam::111122223333:role/other/readers',
    createdAt: input.incarnation.createdAt,
  });
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('Refused ArnDiffers');
});

describe('a role that isn’t the one the rebind is for', () => {
  test('later: superseded', async () => {
    const { world, input } = await staleStandard();
    world.putRole('AROANEWER');
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('Superseded MadeAnew');
  });

  test.each([
    ['earlier: a stale read', 'AROAOLD', { createdAt: '2020-01-01T00:00:00Z' }],
    ['its ARN not shown yet', 'AROANEW', { arn: 'AROANEW' }],
  ] as const)('%s', async (_what, principalId, changes) => {
    const { world, input } = await staleStandard();
    world.putRole(principalId, changes);
    await expect(runStep(world, 'InspectEntry', { input })).rejects.toMatchObject({ name: 'PrincipalNotPropagated' });
  });

  test('not there: not propagated', async () => {
    const { world, input } = await staleStandard();
    world.removeRole();
    await expect(runStep(world, 'InspectEntry', { input })).rejects.toMatchObject({ name: 'PrincipalNotPropagated' });
  });
});

test('gives up after three rounds', async () => {
  const { world, input } = await staleStandard();
  expect(said(await runStep(world, 'InspectEntry', { input, round: 3 }))).toBe('KeepsChanging ChangedEveryRound');
});

describe('the lease', () => {
  test('an execution that no journal knows writes nothing', async () => {
    const { world, input } = await staleStandard();
    const before = await recordOf(world);
    expect(said(await runStep(world, 'InspectEntry', { input: { ...input, generation: 7 } }))).toBe(
      'Superseded LeaseLost',
    );
    expect(await recordOf(world)).toEqual(before);
  });

  test('an entry without a record is nobody’s', async () => {
    const { world, input } = await staleStandard();
    const elsewhere = { ...input, entry: { ...REF, clusterName: 'tills' } };
    expect(said(await runStep(world, 'InspectEntry', { input: elsewhere }))).toBe('Superseded LeaseLost');
  });

  test('an input that names another incarnation than the journal is not believed', async () => {
    const { world, input } = await staleStandard();
    const forged = { ...input, incarnation: { ...input.incarnation, principalId: 'AROAFORGED' } };
    expect(said(await runStep(world, 'InspectEntry', { input: forged }))).toBe('Superseded LeaseLost');
  });

  test('a closed journal answers with its outcome', async () => {
    const { world, input } = await staleStandard();
    world.putEntry();
    const first = await runStep(world, 'InspectEntry', { input });
    world.removeEntry();
    expect(await runStep(world, 'InspectEntry', { input })).toEqual(first);
  });
});

/** The rebind of one incarnation stopped just before this step; the role was made anew once more. */
async function inherited(step: 'DeleteEntry' | 'CreateEntry' | 'AssociatePolicies' | 'VerifyEntry') {
  const { world, input } = await staleStandard();
  await advanceTo(world, step, input);
  if (step === 'DeleteEntry')
    await changeJournal(world, { phase: 'deleting', deletingSince: world.world.now, deletedBy: 'x' });
  world.putRole('AROANEWER');
  world.tick(130);
  return { world, input: await startRebind(world) };
}

describe('what an earlier execution left past its delete', () => {
  test('the entry is missing: a person is asked, in words, and the journal stays open', async () => {
    const { world, input } = await inherited('CreateEntry');
    const result = await runStep(world, 'InspectEntry', { input });
    expect(said(result)).toBe('NeedsApproval ResumedDelete');
    expect(JSON.stringify(result)).toContain('the entry is gone: a rebind deleted it');
    const { journal, asked } = await recordOf(world);
    expect(journal).toMatchObject({ phase: 'deleting', generation: 2, snapshot: { tags: { team: 'orders' } } });
    expect(asked).toHaveLength(1);
  });

  test('its policies are missing: a person is asked', async () => {
    const { world, input } = await inherited('AssociatePolicies');
    const result = await runStep(world, 'InspectEntry', { input });
    expect(said(result)).toBe('NeedsApproval ResumedDelete');
    expect(JSON.stringify(result)).toContain('the entry is back, but not all of its policies');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'created' });
  });

  test('it is whole: it is rebound like any other, and what the delete had noted is forgotten', async () => {
    const { world, input } = await inherited('VerifyEntry');
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
    const { journal } = await recordOf(world);
    expect(journal).toMatchObject({ phase: 'planned', generation: 2 });
    expect(journal).not.toHaveProperty('deletingSince');
    expect(journal).not.toHaveProperty('newEntryArn');
  });

  test('it was made for the earlier role a moment after the later one: it is stale, not unproven', async () => {
    const { world, input } = await inherited('VerifyEntry');
    world.changeEntry({ createdAt: input.incarnation.createdAt });
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
  });

  test('it was never deleted: what its owner changed since is as good as any', async () => {
    const { world, input } = await inherited('DeleteEntry');
    world.changeEntry({ tags: {} }, []);
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
  });

  test('an owner’s entry stands instead: the difference is told, the journal closed', async () => {
    const { world, input } = await inherited('CreateEntry');
    world.putEntry({ tags: { team: 'till' } }, [VIEW]);
    const result = await runStep(world, 'InspectEntry', { input });
    expect(said(result)).toBe('LeftToOwner ChangedByOwner');
    expect(JSON.stringify(result)).toContain('tag team was');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'closed' });
  });

  test('an entry with a scope of its own is its owner’s, though some policies miss', async () => {
    const { world, input } = await inherited('AssociatePolicies');
    world.changeEntry({}, [{ ...VIEW, accessScope: { type: 'namespace', namespaces: ['shop'] } }]);
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('LeftToOwner ChangedByOwner');
  });

  test('another cluster of the name stands: nothing is made in it', async () => {
    const { world, input } = await inherited('CreateEntry');
    world.putCluster({ createdAt: world.world.now });
    expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('LeftToOwner ClusterReplaced');
  });

  test('three rounds end without closing what is not whole', async () => {
    const { world, input } = await inherited('CreateEntry');
    expect(said(await runStep(world, 'InspectEntry', { input, round: 3 }))).toBe('KeepsChanging ChangedEveryRound');
    expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
  });
});

test('an execution that comes back to its own fresh delete finishes it', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'CreateEntry', input);
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('continue');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting' });
});

test('an entry gone after a delete of an earlier round is asked about', async () => {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'DeleteEntry', input);
  const holder = (await recordOf(world)).journal?.holder ?? '';
  await changeJournal(world, { deletingSince: world.world.now, deletedBy: holder });
  world.removeEntry();
  expect(said(await runStep(world, 'InspectEntry', { input }))).toBe('NeedsApproval ResumedDelete');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'deleting', snapshot: {} });
});
