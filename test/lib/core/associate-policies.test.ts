import { expect, test } from 'vitest';
import { ADMIN, EDIT, VIEW } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, said, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

async function beforeAssociate() {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, 'AssociatePolicies', input);
  const calls: string[] = [];
  tap.before = (call) => void calls.push(call);
  return { world, input, tap, calls, run: () => runStep(world, 'AssociatePolicies', { input }) };
}

test('gives each policy in its own scope', async () => {
  const { world, run } = await beforeAssociate();
  expect(said(await run())).toBe('continue');
  expect(world.standing()?.policies).toEqual([EDIT, VIEW]);
});

test('gives only what is missing', async () => {
  const { world, calls, run } = await beforeAssociate();
  world.changeEntry({}, [VIEW]);
  await run();
  expect(calls.filter((call) => call === 'policyAssociations.associate')).toHaveLength(1);
});

test.each([
  ['a policy that was not there', [ADMIN]],
  ['another scope', [{ ...VIEW, accessScope: { type: 'namespace' as const, namespaces: ['shop'] } }]],
])('an owner gave it %s: left to the owner, with the difference', async (_what, policies) => {
  const { world, run } = await beforeAssociate();
  world.changeEntry({}, policies);
  const result = await run();
  expect(said(result)).toBe('LeftToOwner ChangedByOwner');
  expect(JSON.stringify(result)).toContain(policies[0]?.policyArn);
  expect(world.standing()?.policies).toEqual(policies);
});

test('another entry stands: nothing is given to it', async () => {
  const { world, run } = await beforeAssociate();
  world.putEntry({ tags: { team: 'orders' }, kubernetesGroups: ['readers'] });
  expect(said(await run())).toBe('LeftToOwner ChangedByOwner');
  expect(world.standing()?.policies).toEqual([]);
});

test('an entry that EKS doesn’t show yet is tried again; hours later its owner has deleted it', async () => {
  const { world, run } = await beforeAssociate();
  world.removeEntry();
  await expect(run()).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  await expect(run()).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'created' });
  world.tick(200);
  expect(said(await run())).toBe('LeftToOwner EntryGone');
});

test('an entry that EKS shows late gets its policies, and a later delay is a new one', async () => {
  const { world, run } = await beforeAssociate();
  const made = world.standing();
  world.removeEntry();
  await expect(run()).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  if (made) world.entries.set(`111122223333/eu-central-1/orders/${made.entry.principalArn}`, made);
  expect(said(await run())).toBe('continue');
  expect((await recordOf(world)).journal).not.toHaveProperty('unexpectedSince');
});

test('a guard that asks: the journal stays open', async () => {
  const { world, run, input } = await beforeAssociate();
  world.putRole('AROANEW', { trustPolicy: '{}', createdAt: input.incarnation.createdAt });
  const result = await run();
  expect(said(result)).toBe('NeedsApproval TrustUnreadable');
  expect(JSON.stringify(result)).toContain('perhaps not all of its policies');
  expect((await recordOf(world)).journal).toMatchObject({ phase: 'created' });
});

test('an hour later a person is asked: an owner may have taken a policy away', async () => {
  const { world, run } = await beforeAssociate();
  world.tick(3601);
  expect(said(await run())).toBe('NeedsApproval ResumedDelete');
});

test('before the entry is made there is nothing to give', async () => {
  const { world, run } = await beforeAssociate();
  await changeJournal(world, { phase: 'planned' });
  expect(said(await run())).toBe('inspect-again');
});

test('a lease that is taken while it looks', async () => {
  const { world, tap, run } = await beforeAssociate();
  tap.before = async (call) => {
    if (call === 'accessEntries.policies') await changeJournal(world, { generation: 2 });
  };
  expect(said(await run())).toBe('Superseded LeaseLost');
  expect(world.standing()?.policies).toEqual([]);
});

test('a lease that is taken before a delay can be noted', async () => {
  const { world, tap, run } = await beforeAssociate();
  world.removeEntry();
  tap.before = async (call) => {
    if (call === 'accessEntries.policies') await changeJournal(world, { generation: 2 });
  };
  expect(said(await run())).toBe('Superseded LeaseLost');
});
