import { CreateAccessEntryCommand, DeleteAccessEntryCommand, UpdateAccessEntryCommand } from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, CLUSTER, CLUSTER_ARN, eksWorld, REGION, roleArn, VIEW } from './eks-world.ts';

const cluster = { accountId: ACCOUNT, region: REGION, name: CLUSTER };

function world(options?: Parameters<typeof eksWorld>[0]) {
  const made = eksWorld(options);
  const { aws, putRole, client, state, ref } = made;
  const eks = client();
  return {
    ...made,
    create: (principalArn: string, input: object = {}) =>
      eks.send(new CreateAccessEntryCommand({ clusterName: CLUSTER, principalArn, ...input })),
    update: (principalArn: string, input: object) =>
      eks.send(new UpdateAccessEntryCommand({ clusterName: CLUSTER, principalArn, ...input })),
    remove: (principalArn: string) => eks.send(new DeleteAccessEntryCommand({ clusterName: CLUSTER, principalArn })),
    key: (arn: string, sessionName = 'i-0123') => aws.credentials.issue({ arn, sessionName }).accessKeyId,
    enter: (accessKeyId: string) => aws.authenticate(CLUSTER_ARN, accessKeyId),
    /** A role with an entry, deleted and made anew under the same name. */
    recreated: (name: string, how: Parameters<typeof putRole>[1] = {}) => {
      const old = putRole(name, how);
      state.addEntry({ ...ref(old.arn), type: 'EC2_LINUX' });
      const oldKey = aws.credentials.issue({ arn: old.arn }).accessKeyId;
      aws.iam.remove(ACCOUNT, 'role', name);
      return { oldKey, ...putRole(name, how) };
    },
  };
}

const stale = { status: 401, reason: 'the entry is bound to another id' };
const notMapped = { status: 401, reason: 'identity is not mapped' };

describe('an access entry', () => {
  test('lets in the role it is bound to, with username, groups and policies', async () => {
    const { state, ref, putRole, key, enter } = world();
    const { arn } = putRole('people', { path: '/team/' });
    const policies = [{ policyArn: VIEW, scope: { type: 'cluster' as const, namespaces: [] } }];
    state.addEntry({ ...ref(arn), kubernetesGroups: ['viewers'], policies });
    expect(enter(key(arn, 'ann@example.com'))).toMatchObject({
      status: 200,
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/people/ann-example.com`,
      groups: ['viewers'],
      policies,
    });
  });

  test.each([
    ['system:node:{{EC2PrivateDNSName}}', 'system:node:i-0123.internal'],
    ['people:{{SessionNameRaw}}', 'people:i-0123'],
    [`${ACCOUNT}:{{AccountID}}`, `${ACCOUNT}:${ACCOUNT}`],
  ])('fills in the placeholders of %s', (username, filled) => {
    const { state, ref, putRole, key, enter } = world();
    const { arn } = putRole('worker');
    state.addEntry({ ...ref(arn), username });
    expect(enter(key(arn))).toMatchObject({ username: filled });
  });

  test('keeps out a role that was made anew under the same name and ARN', () => {
    const { recreated, key, enter } = world();
    expect(enter(key(recreated('worker').arn))).toEqual(stale);
  });

  test('lets it in once it was deleted and made again', async () => {
    const { recreated, key, enter, remove, create } = world();
    const { arn } = recreated('worker');
    await remove(arn);
    await create(arn, { type: 'EC2_LINUX' });
    expect(enter(key(arn))).toMatchObject({ status: 200, groups: ['system:nodes'] });
  });

  test('is not made anew by an update', async () => {
    const { state, ref, putRole, aws, key, enter, update } = world();
    const { arn } = putRole('people');
    state.addEntry(ref(arn));
    aws.iam.remove(ACCOUNT, 'role', 'people');
    putRole('people');
    await update(arn, { kubernetesGroups: ['viewers'] });
    expect(enter(key(arn))).toEqual(stale);
  });

  test('lets nobody in before it takes effect, and changes no earlier', async () => {
    const { putRole, create, update, wait, key, enter } = world({ eks: { takesEffect: 10_000 } });
    const { arn } = putRole('people');
    const holder = key(arn);
    await create(arn, { username: 'people:one' });
    await wait(9_999);
    expect(enter(holder)).toEqual({ status: 401, reason: 'the entry is not in effect yet' });
    await wait(1);
    expect(enter(holder)).toMatchObject({ status: 200, username: 'people:one' });
    await update(arn, { username: 'people:two' });
    await wait(9_999);
    expect(enter(holder)).toMatchObject({ username: 'people:one' });
    await wait(1);
    expect(enter(holder)).toMatchObject({ username: 'people:two' });
  });

  test('lets nobody in once it is gone', async () => {
    const { state, ref, putRole, key, enter, remove } = world();
    const { arn } = putRole('people');
    state.addEntry(ref(arn));
    await remove(arn);
    expect(enter(key(arn))).toEqual(notMapped);
  });
});

describe('nobody gets in', () => {
  test('with the key of a role that was deleted since', () => {
    const { recreated, enter } = world();
    expect(enter(recreated('worker').oldKey)).toEqual({
      status: 401,
      reason: 'the holder of the key was deleted',
    });
  });

  test('with a key that was never issued, or to a cluster that is not there', () => {
    const { aws, putRole, key, enter } = world();
    expect(enter('AKIAUNKNOWN')).toEqual({ status: 401, reason: 'no such key' });
    const { arn } = putRole('worker');
    expect(aws.authenticate(`${CLUSTER_ARN}s`, key(arn))).toEqual({ status: 401, reason: 'no such cluster' });
    expect(enter(key(arn))).toEqual(notMapped);
  });
});

describe('aws-auth', () => {
  const row = { arn: roleArn('worker'), username: 'system:node:{{SessionName}}', groups: ['system:nodes'] };
  const byRow = { status: 200, username: 'system:node:i-0123', groups: ['system:nodes'], policies: [] };

  test('maps a role by its ARN without its path, whatever its id, where there are no entries', () => {
    const { state, recreated, key, enter } = world();
    const { arn } = recreated('worker', { path: '/team/' });
    state.setAuthenticationMode(cluster, 'CONFIG_MAP');
    expect(enter(key(arn))).toEqual(notMapped);
    state.setAwsAuth(cluster, [row]);
    expect(enter(key(arn))).toEqual(byRow);
    state.setAwsAuth(cluster, [{ ...row, arn }]);
    expect(enter(key(arn))).toEqual(notMapped);
  });

  test('lets a recreated role in where both are asked, and an entry that works wins', async () => {
    const { state, recreated, key, enter, remove, create } = world();
    const { arn } = recreated('worker');
    state.setAuthenticationMode(cluster, 'API_AND_CONFIG_MAP');
    expect(enter(key(arn))).toEqual(stale);
    state.setAwsAuth(cluster, [row]);
    expect(enter(key(arn))).toEqual(byRow);
    await remove(arn);
    await create(arn, { username: 'entry:x' });
    expect(enter(key(arn))).toMatchObject({ username: 'entry:x' });
  });

  test('is not asked in mode API', () => {
    const { state, recreated, key, enter } = world();
    const { arn } = recreated('worker');
    state.setAwsAuth(cluster, [row]);
    expect(enter(key(arn))).toEqual(stale);
  });

  test('maps users by their full ARN', () => {
    const { state, putRole, key, enter } = world();
    const { arn } = putRole('ann', { kind: 'user', path: '/people/' });
    state.setAuthenticationMode(cluster, 'API_AND_CONFIG_MAP');
    state.setAwsAuth(cluster, [{ arn, username: 'ann', groups: [] }]);
    expect(enter(key(arn))).toMatchObject({ status: 200, username: 'ann' });
  });
});

test('a world can hold an entry bound to a role that is gone, if told its id', () => {
  const { state, ref } = world();
  expect(state.addEntry({ ...ref(roleArn('gone')), boundId: 'AROAOLD' }).boundId).toBe('AROAOLD');
  expect(() => state.addEntry(ref(roleArn('never')))).toThrow(/give the boundId/);
  expect(() => state.addEntry({ ...ref(roleArn('x')), clusterName: 'nope' })).toThrow(/no cluster 'nope'/);
});
