import {
  CreateAccessEntryCommand,
  type CreateAccessEntryCommandInput,
  DeleteAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { CLUSTER, eksWorld, OTHER_ACCOUNT, roleArn, START } from './eks-world.ts';

type Input = Omit<CreateAccessEntryCommandInput, 'clusterName'> & { clusterName?: string };

function world(options?: Parameters<typeof eksWorld>[0]) {
  const made = eksWorld(options);
  const client = made.client();
  const create = (input: Input) => client.send(new CreateAccessEntryCommand({ clusterName: CLUSTER, ...input }));
  return { ...made, create };
}

const NODE_TYPES = '[EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]';
const invalid = (message: string) => ({ name: 'InvalidParameterException', message });
const inUse = {
  name: 'ResourceInUseException',
  message: 'The specified access entry resource is already in use on this cluster.',
};

describe('an entry that was made', () => {
  test('is answered with all that was given, its own ARN and its times', async () => {
    const { create, putRole } = world();
    const { arn } = putRole('people', { path: '/team/' });
    const { accessEntry } = await create({
      principalArn: arn,
      username: 'people:{{SessionName}}',
      kubernetesGroups: ['viewers', 'deployers'],
      tags: { team: 'web' },
    });
    expect(accessEntry).toEqual({
      clusterName: CLUSTER,
      principalArn: arn,
      type: 'STANDARD',
      username: 'people:{{SessionName}}',
      kubernetesGroups: ['viewers', 'deployers'],
      tags: { team: 'web' },
      accessEntryArn: expect.stringMatching(
        /^arn:aws:eks:eu-west-1:111122223333:access-entry\/prod\/role\/111122223333\/people\/[0-9a-f-]{36}$/,
      ),
      createdAt: new Date(START),
      modifiedAt: new Date(START),
    });
  });

  test.each([
    ['STANDARD', 'arn:aws:sts::111122223333:assumed-role/worker/{{SessionName}}', []],
    ['EC2_LINUX', 'system:node:{{EC2PrivateDNSName}}', ['system:nodes']],
    ['EC2_WINDOWS', 'system:node:{{EC2PrivateDNSName}}', ['system:nodes']],
    ['EC2', 'system:node:{{EC2PrivateDNSName}}', ['system:nodes']],
    ['FARGATE_LINUX', 'system:node:{{SessionName}}', ['system:nodes']],
    ['HYBRID_LINUX', 'system:node:{{SessionName}}', ['system:nodes']],
    ['HYPERPOD_LINUX', 'system:node:{{SessionName}}', ['system:nodes']],
  ])('of type %s shows the username and groups that EKS gives it', async (type, username, kubernetesGroups) => {
    const { create, putRole } = world();
    const { arn } = putRole('worker', { path: '/team/nodes/' });
    const { accessEntry } = await create({ principalArn: arn, type });
    expect(accessEntry).toMatchObject({ type, username, kubernetesGroups });
  });

  test("of a user shows the user's ARN as username", async () => {
    const { create, putRole } = world();
    const { arn } = putRole('ann', { kind: 'user' });
    expect((await create({ principalArn: arn })).accessEntry?.username).toBe(arn);
  });

  test('may name a role of another account, if it is of type STANDARD', async () => {
    const { create, putRole } = world();
    const { arn } = putRole('guest', { account: OTHER_ACCOUNT });
    expect((await create({ principalArn: arn })).accessEntry?.principalArn).toBe(arn);
  });

  test('never shows the id it is bound to', async () => {
    const { create, putRole, ref, state } = world();
    const { arn, uniqueId } = putRole('worker');
    expect(JSON.stringify(await create({ principalArn: arn }))).not.toContain(uniqueId);
    expect(state.entry(ref(arn))?.boundId).toBe(uniqueId);
  });
});

describe('the binding', () => {
  test('is to the id that EKS sees, which may be an earlier one', async () => {
    const { create, putRole, wait, state, ref, aws } = world({ lag: { eks: 60_000 } });
    const old = putRole('worker');
    await wait(120_000);
    aws.iam.remove('111122223333', 'role', 'worker');
    const young = putRole('worker');
    await wait(30_000);
    await create({ principalArn: young.arn });
    expect(state.entry(ref(young.arn))?.boundId).toBe(old.uniqueId);
  });

  test("is refused as long as EKS has not seen the role, and then is to the role's id", async () => {
    const { create, putRole, wait, state, ref } = world({ lag: { eks: 60_000 } });
    const { arn, uniqueId } = putRole('worker');
    await wait(59_000);
    const refusal = invalid('The specified principalArn is invalid: invalid principal.');
    await expect(create({ principalArn: arn })).rejects.toMatchObject(refusal);
    await wait(1_000);
    await create({ principalArn: arn });
    expect(state.entry(ref(arn))?.boundId).toBe(uniqueId);
  });

  test.each([
    ['of a role that is not there', roleArn('nobody')],
    ['with another path', roleArn('team/worker')],
    ['in another case', roleArn('WORKER')],
  ])('is refused to an ARN %s', async (_, principalArn) => {
    const { create, putRole } = world();
    putRole('worker');
    const refusal = invalid('The specified principalArn is invalid: invalid principal.');
    await expect(create({ principalArn })).rejects.toMatchObject(refusal);
  });
});

describe('refused are', () => {
  test.each([
    ['the ARN of an STS session', 'arn:aws:sts::111122223333:assumed-role/worker/session'],
    ["an account's root", 'arn:aws:iam::111122223333:root'],
    ['a group', 'arn:aws:iam::111122223333:group/people'],
    ['anything else', 'worker'],
  ])('%s', async (_, principalArn) => {
    const { create } = world();
    const refusal = invalid('The principalArn parameter format is not valid');
    await expect(create({ principalArn })).rejects.toMatchObject(refusal);
  });

  test.each<[string, Omit<Input, 'principalArn'>, string]>([
    [
      'a username for a node',
      { type: 'EC2_LINUX', username: 'node' },
      'The specified username is invalid: setting username is not allowed when the type is "EC2_LINUX"',
    ],
    [
      'groups for a node',
      { type: 'EC2', kubernetesGroups: ['nodes'] },
      'The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "EC2"',
    ],
    ['a username of the system', { username: 'system:node:x' }, 'The username must not begin with system:'],
    ['a username that looks like one of AWS', { username: 'aws:x' }, 'The username must not begin with aws:'],
    [
      "a session's name with no colon before it",
      { username: 'people-{{SessionNameRaw}}' },
      'The username must have a colon before {{SessionNameRaw}}',
    ],
    [
      'a group of the system',
      { kubernetesGroups: ['ok', 'system:masters'] },
      'The kubernetes group name system:masters is invalid, it cannot start with system:',
    ],
    [
      'a group of EKS',
      { kubernetesGroups: ['eks:kube-proxy'] },
      'The kubernetes group name eks:kube-proxy is invalid, it cannot start with eks:',
    ],
    [
      'a tag of AWS, whatever its case',
      { tags: { 'AWS:eks:managed': 'true' } },
      'The tag AWS:eks:managed is invalid, keys and values cannot start with aws:',
    ],
    [
      'a type that is none',
      { type: 'EC2_MACOS' },
      'AccessEntry type must be one of [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, STANDARD, EC2, HYBRID_LINUX, HYPERPOD_LINUX]',
    ],
    [
      'more than fifty tags',
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key-${index}`, ''])) },
      'The number of tags exceeds the maximum of 50',
    ],
  ])('%s', async (_, input, message) => {
    const { create, putRole } = world();
    const { arn } = putRole('worker');
    await expect(create({ principalArn: arn, ...input })).rejects.toMatchObject(invalid(message));
  });

  test('a service-linked role', async () => {
    const { create } = world();
    const principalArn = roleArn('aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS');
    const message =
      'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role';
    await expect(create({ principalArn })).rejects.toMatchObject(invalid(message));
  });

  test('a user as a node, and a role of another account as a node', async () => {
    const { create, putRole } = world();
    const user = putRole('ann', { kind: 'user' });
    const guest = putRole('guest', { account: OTHER_ACCOUNT });
    await expect(create({ principalArn: user.arn, type: 'EC2_LINUX' })).rejects.toMatchObject(
      invalid(`AccessEntry principalArn must be IAM role when using types ${NODE_TYPES}`),
    );
    const message = `AccessEntry principalArn must be from the same account as the cluster when using types ${NODE_TYPES}`;
    await expect(create({ principalArn: guest.arn, type: 'EC2_LINUX' })).rejects.toMatchObject(invalid(message));
  });

  test('a cluster that is not there, and one that has no entries', async () => {
    const { create, putRole, state } = world();
    const { arn } = putRole('worker');
    await expect(create({ clusterName: 'nope', principalArn: arn })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: nope.',
    });
    state.addCluster({ accountId: '111122223333', region: 'eu-west-1', name: 'old', authenticationMode: 'CONFIG_MAP' });
    await expect(create({ clusterName: 'old', principalArn: arn })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message:
        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    });
  });

  test('a cluster that is being deleted', async () => {
    const { create, putRole, state } = world();
    const { arn } = putRole('worker');
    state.addCluster({ accountId: '111122223333', region: 'eu-west-1', name: 'leaving', status: 'DELETING' });
    const refusal = { name: 'InvalidRequestException', message: "Cluster 'leaving' is not in ACTIVE status" };
    await expect(create({ clusterName: 'leaving', principalArn: arn })).rejects.toMatchObject(refusal);
  });

  test('the entry after the 3,000th of a cluster', async () => {
    const { create, putRole, state, ref } = world();
    for (let count = 0; count < 3_000; count += 1) {
      state.addEntry({ ...ref(roleArn(`role-${count}`)), boundId: `AROAEXAMPLE${count}` });
    }
    const { arn } = putRole('worker');
    await expect(create({ principalArn: arn })).rejects.toMatchObject({ name: 'ResourceLimitExceededException' });
  });
});

describe('a second entry of one principal', () => {
  test('is refused', async () => {
    const { create, putRole } = world();
    const { arn } = putRole('worker');
    await create({ principalArn: arn });
    await expect(create({ principalArn: arn })).rejects.toMatchObject(inUse);
  });

  test('is refused for its parameters first, unless EKS looks the other way round', async () => {
    for (const inUseBeforeValidation of [false, true]) {
      const { create, putRole } = world({ eks: { inUseBeforeValidation } });
      const { arn } = putRole('worker');
      await create({ principalArn: arn });
      const name = inUseBeforeValidation ? 'ResourceInUseException' : 'InvalidParameterException';
      await expect(create({ principalArn: arn, username: 'eks:x' })).rejects.toMatchObject({ name });
    }
  });

  test('is the first one again, if asked for with the same token', async () => {
    const { create, putRole, state, ref } = world();
    const { arn } = putRole('worker');
    const ask = { principalArn: arn, clientRequestToken: 'token', tags: { a: '1', b: '2' } };
    const first = await create(ask);
    const second = await create({ ...ask, tags: { b: '2', a: '1' } });
    expect(second.accessEntry).toEqual(first.accessEntry);
    expect(state.changesOf(ref(arn))).toHaveLength(1);
  });

  test('is refused if the token comes with other parameters', async () => {
    const { create, putRole } = world();
    const { arn } = putRole('worker');
    await create({ principalArn: arn, clientRequestToken: 'token' });
    const other = create({ principalArn: arn, clientRequestToken: 'token', tags: { new: 'tag' } });
    await expect(other).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('is refused in spite of its token, if EKS does not hold tokens', async () => {
    const { create, putRole } = world({ eks: { tokensHold: false } });
    const { arn } = putRole('worker');
    await create({ principalArn: arn, clientRequestToken: 'token' });
    await expect(create({ principalArn: arn, clientRequestToken: 'token' })).rejects.toMatchObject(inUse);
  });

  test('is refused if somebody else made it in place of the one that the token made', async () => {
    const { create, putRole, client } = world();
    const { arn } = putRole('worker');
    await create({ principalArn: arn, clientRequestToken: 'ours' });
    await client().send(new DeleteAccessEntryCommand({ clusterName: CLUSTER, principalArn: arn }));
    await create({ principalArn: arn, clientRequestToken: 'theirs' });
    await expect(create({ principalArn: arn, clientRequestToken: 'ours' })).rejects.toMatchObject(inUse);
  });

  test('made after the first was deleted has another ARN, and its token does not bring back the first', async () => {
    const { create, putRole, client } = world();
    const { arn } = putRole('worker');
    const first = await create({ principalArn: arn, clientRequestToken: 'token' });
    await client().send(new DeleteAccessEntryCommand({ clusterName: CLUSTER, principalArn: arn }));
    const second = await create({ principalArn: arn, clientRequestToken: 'token' });
    expect(second.accessEntry?.accessEntryArn).not.toBe(first.accessEntry?.accessEntryArn);
  });
});

test('every change is kept with the key that made it', async () => {
  const { create, putRole, state, ref, clock } = world();
  const { arn } = putRole('worker');
  const { accessEntry } = await create({ principalArn: arn });
  expect(state.changesOf(ref(arn))).toEqual([
    {
      at: clock.now(),
      ref: ref(arn),
      entryArn: accessEntry?.accessEntryArn,
      operation: 'CreateAccessEntry',
      accessKeyId: expect.stringMatching(/^AKIA/),
      callerArn: 'arn:aws:iam::111122223333:root',
      requestId: expect.any(String),
    },
  ]);
});
