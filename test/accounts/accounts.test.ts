import { describe, expect, test } from 'vitest';
import { HUB, MEMBER, REGION, roleArn, STRANGER, worldOfAccounts } from './accounts-world.ts';

const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`;
const bothOf = (world: Awaited<ReturnType<typeof worldOfAccounts>>, principalOf: string) =>
  [HUB, MEMBER].map((accountId) => world.lets(accountId, principalOf));

describe('a role made anew in a member account', () => {
  test('is heard of, and its entries are rebound in the clusters of both accounts', async () => {
    const world = await worldOfAccounts();
    await world.sweep();
    await world.recreateRole(MEMBER);
    expect(bothOf(world, MEMBER)).toEqual([401, 401]);
    await world.pass(1_800);
    expect(world.ends('role-changed')).toEqual(expect.arrayContaining(['RebindsStarted']));
    expect(world.ends('rebind-entry')).toEqual(['Rebound', 'Rebound']);
    expect(bothOf(world, MEMBER)).toEqual([200, 200]);
    expect(bothOf(world, HUB)).toEqual([200, 200]);
  });

  test('is written about in its own account by the one role there, never by the hub’s own', async () => {
    const world = await worldOfAccounts();
    await world.sweep();
    await world.recreateRole(MEMBER);
    await world.pass(1_800);
    const writes = world.writes();
    const inMember = writes.filter((write) => write.startsWith(MEMBER_ROLE));
    expect(inMember.map((write) => write.split(' ')[1])).toEqual(
      expect.arrayContaining(['DeleteAccessEntry', 'CreateAccessEntry', 'AssociateAccessPolicy']),
    );
    expect(
      writes.filter((write) => !write.startsWith(MEMBER_ROLE) && !write.includes(`${HUB}:role/eks-rebind/`)),
    ).toEqual([]);
    expect(writes.length).toBe(2 * inMember.length);
  });

  test('is found by the sweep where no event told of it', async () => {
    const world = await worldOfAccounts();
    await world.sweep();
    world.aws.events.state.removeRule({ accountId: MEMBER, region: 'us-east-1', name: 'eks-rebind-forward' });
    await world.recreateRole(MEMBER);
    await world.pass(1_800);
    expect(world.ends('rebind-entry')).toEqual([]);
    const { output } = await world.sweep();
    expect(output).toMatchObject({ name: 'Swept', missedEvents: 2, started: 2, counts: { stale: 2, healthy: 2 } });
    await world.pass(900);
    expect(bothOf(world, MEMBER)).toEqual([200, 200]);
  });
});

test('a role made anew in the hub’s own account is rebound in the member’s cluster, too', async () => {
  const world = await worldOfAccounts();
  await world.sweep();
  await world.recreateRole(HUB);
  await world.pass(1_800);
  expect(world.ends('rebind-entry')).toEqual(['Rebound', 'Rebound']);
  expect(bothOf(world, HUB)).toEqual([200, 200]);
});

describe('with another external id than the member asks for', () => {
  const other = { environment: { EKS_REBIND_EXTERNAL_ID: 'another' } };

  test('nothing of the member is touched, and the failure has a name', async () => {
    const world = await worldOfAccounts(other);
    await world.recreateRole(MEMBER);
    await world.pass(1_800);
    expect(world.ends('role-changed')).toContain('FAILED MemberAccessDenied');
    expect(world.causes('role-changed').join()).toContain(MEMBER_ROLE);
    expect(world.writes()).toEqual([]);
  });

  test('our own clusters are looked after all the same, and the run fails by the name of what it missed', async () => {
    const world = await worldOfAccounts(other);
    expect((await world.sweep()).output).toMatchObject({ name: 'SweptPartly', counts: { healthy: 1, unknown: 1 } });
    await world.recreateRole(HUB);
    await world.pass(1_800);
    expect(world.ends('rebind-entry')).toEqual(['Rebound']);
    expect(bothOf(world, HUB)).toEqual([200, 401]);
    expect(world.ends('role-changed')).toContain('FAILED RegionNotSearched');
    expect(world.causes('role-changed').join()).toContain('MemberAccessDenied');
  });
});

describe('an account that is no member', () => {
  test('has its events turned away by the hub’s bus, though it forwards them', async () => {
    const world = await worldOfAccounts({ stacksIn: [MEMBER, STRANGER] });
    await world.recreateRole(STRANGER);
    await world.pass(600);
    expect(world.ends('role-changed')).toEqual([]);
    const lost = world.aws.events.deadLetters.map(({ event, errorCode }) => [event.account, errorCode]);
    expect(lost).toContainEqual([STRANGER, expect.stringMatching(/AccessDenied|NO_PERMISSIONS/)]);
  });

  test('lets nobody in without its stack, though it is listed', async () => {
    const world = await worldOfAccounts({ environment: { EKS_REBIND_MEMBER_ACCOUNTS: STRANGER }, stacksIn: [] });
    const { output } = await world.sweep();
    expect(output).toMatchObject({
      name: 'SweptPartly',
      notSearched: [{ accountId: STRANGER, reason: expect.stringContaining('MemberAccessDenied') }],
    });
  });

  test('is no news: a run that somebody starts with its event ends by a name, and reads nothing', async () => {
    const world = await worldOfAccounts();
    const calls = world.aws.calls.all.length;
    await world.start('role-changed', {
      source: 'aws.iam',
      'detail-type': 'AWS API Call via CloudTrail',
      detail: {
        eventSource: 'iam.amazonaws.com',
        eventName: 'DeleteRole',
        eventTime: '2026-11-24T05:00:00Z',
        awsRegion: 'us-east-1',
        recipientAccountId: STRANGER,
        requestParameters: { roleName: 'deployers' },
      },
    });
    expect(world.outputs('role-changed')).toMatchObject([
      { name: 'NothingToDo', reason: expect.stringContaining('PrincipalOfOtherAccount') },
    ]);
    expect(world.aws.calls.all.length).toBe(calls);
  });

  test('has no cluster of its touched by a rebind that somebody starts for it', async () => {
    const world = await worldOfAccounts();
    const entry = { accountId: STRANGER, region: REGION, clusterName: 'prod', principalArn: roleArn(STRANGER) };
    const created = {
      principalArn: entry.principalArn,
      principalId: 'AROAANEW000000000000',
      createdAt: '2026-11-24T05:00:00Z',
    };
    const input = { schemaVersion: 1, entry, incarnation: created, generation: 1, cause: { kind: 'person' } };
    await world.start('rebind-entry', input);
    expect(world.ends('rebind-entry')).toHaveLength(1);
    expect(world.ends('rebind-entry')[0]).not.toBe('Rebound');
    expect(world.writes()).toEqual([]);
  });
});

test('a member whose stack is in report mode lets nothing be written, whatever the hub’s mode is', async () => {
  const world = await worldOfAccounts({ member: { mode: 'report' } });
  await world.sweep();
  await world.recreateRole(HUB);
  await world.pass(1_800);
  expect(world.ends('rebind-entry').toSorted()).toEqual(['FAILED CannotRecreate', 'Rebound']);
  expect(bothOf(world, HUB)).toEqual([200, 401]);
  expect(world.standing(MEMBER, HUB)).toBeDefined();
});
