import {
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  ListAccessEntriesCommand,
  paginateListAccessEntries,
  UpdateAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, CLUSTER, eksWorld, REGION, roleArn, START, VIEW } from './eks-world.ts';

const SLR = roleArn('aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS');

function world() {
  const made = eksWorld();
  const client = made.client();
  const { putRole, ref, state } = made;
  return {
    ...made,
    client,
    /** Puts an entry of a new role into the world. */
    put: (name: string, seed: Partial<Parameters<typeof state.addEntry>[0]> = {}) =>
      state.addEntry({ ...ref(putRole(name).arn), ...seed }),
    describe: (principalArn: string, clusterName = CLUSTER) =>
      client.send(new DescribeAccessEntryCommand({ clusterName, principalArn })),
    list: (input: object = {}) => client.send(new ListAccessEntriesCommand({ clusterName: CLUSTER, ...input })),
    update: (principalArn: string, changes: object) =>
      client.send(new UpdateAccessEntryCommand({ clusterName: CLUSTER, principalArn, ...changes })),
    remove: (principalArn: string, clusterName = CLUSTER) =>
      client.send(new DeleteAccessEntryCommand({ clusterName, principalArn })),
  };
}

const notFound = {
  name: 'ResourceNotFoundException',
  message:
    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
};
const noEntries = {
  name: 'InvalidRequestException',
  message:
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
};
const noSuchCluster = { name: 'ResourceNotFoundException', message: 'No cluster found for name: nope.' };
const badFormat = { name: 'InvalidParameterException', message: 'The principalArn parameter format is not valid' };
const slr = {
  name: 'InvalidParameterException',
  message: 'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
};

describe('DescribeAccessEntry', () => {
  test("shows an entry, AWS's own tags among it, and not the id it is bound to", async () => {
    const { describe: show, put } = world();
    const { ref } = put('worker', { type: 'EC2_LINUX', tags: { 'aws:eks:managed': 'true' }, createdAt: START - 5 });
    const { accessEntry } = await show(ref.principalArn);
    expect(accessEntry).toMatchObject({
      principalArn: ref.principalArn,
      type: 'EC2_LINUX',
      tags: { 'aws:eks:managed': 'true' },
      createdAt: new Date(START - 5),
    });
    expect(JSON.stringify(accessEntry)).not.toContain('AROA');
  });

  test('refuses what it does not know', async () => {
    const { describe: show, state, put } = world();
    const { ref } = put('worker');
    state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'old', authenticationMode: 'CONFIG_MAP' });
    await expect(show(roleArn('nobody'))).rejects.toMatchObject(notFound);
    await expect(show(roleArn('Worker'))).rejects.toMatchObject(notFound);
    await expect(show(ref.principalArn, 'old')).rejects.toMatchObject(noEntries);
    await expect(show(ref.principalArn, 'nope')).rejects.toMatchObject(noSuchCluster);
    await expect(show('arn:aws:sts::111122223333:assumed-role/worker/me')).rejects.toMatchObject(badFormat);
  });
});

describe('ListAccessEntries', () => {
  test('lists principals in pages of a hundred, in the order their entries were made', async () => {
    const { put, list, client } = world();
    const arns = Array.from({ length: 230 }, (_, index) => put(`role-${index}`).ref.principalArn);
    expect((await list()).accessEntries).toHaveLength(100);
    const pages: string[][] = [];
    for await (const { accessEntries = [] } of paginateListAccessEntries({ client }, { clusterName: CLUSTER })) {
      pages.push(accessEntries);
    }
    expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
    expect(pages.flat()).toEqual(arns);
  });

  test('neither repeats nor skips others when entries go between two pages', async () => {
    const { put, list, remove } = world();
    const [one = '', two, three = '', four] = ['a', 'b', 'c', 'd'].map((name) => put(name).ref.principalArn);
    const first = await list({ maxResults: 2 });
    expect(first.accessEntries).toEqual([one, two]);
    await remove(one);
    await remove(three);
    const second = await list({ maxResults: 2, nextToken: first.nextToken });
    expect(second).toMatchObject({ accessEntries: [four] });
    expect(second.nextToken).toBeUndefined();
  });

  test('lists only those with a policy, if asked for', async () => {
    const { put, list } = world();
    put('a');
    const { ref } = put('b', { policies: [{ policyArn: VIEW, scope: { type: 'cluster', namespaces: [] } }] });
    expect((await list({ associatedPolicyArn: VIEW })).accessEntries).toEqual([ref.principalArn]);
  });

  test('refuses pages that are none, and clusters without entries', async () => {
    const { list, state } = world();
    state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'old', authenticationMode: 'CONFIG_MAP' });
    for (const bad of [{ maxResults: 101 }, { maxResults: 0 }, { nextToken: 'nonsense' }]) {
      await expect(list(bad)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    await expect(list({ clusterName: 'old' })).rejects.toMatchObject(noEntries);
    await expect(list({ clusterName: 'nope' })).rejects.toMatchObject(noSuchCluster);
  });
});

describe('UpdateAccessEntry', () => {
  test('replaces username and groups, moves modifiedAt, and leaves ARN, times and binding', async () => {
    const { put, update, wait, state } = world();
    const entry = put('people', { kubernetesGroups: ['old'], createdAt: START });
    await wait(1_000);
    const { accessEntry } = await update(entry.ref.principalArn, { username: 'people:x', kubernetesGroups: ['new'] });
    expect(accessEntry).toMatchObject({
      username: 'people:x',
      kubernetesGroups: ['new'],
      accessEntryArn: entry.arn,
      createdAt: new Date(START),
      modifiedAt: new Date(START + 1_000),
    });
    expect(state.entry(entry.ref)?.boundId).toBe(entry.boundId);
  });

  test('leaves what it is not given, and takes all groups away if given none', async () => {
    const { put, update } = world();
    const { ref } = put('people', { username: 'people:x', kubernetesGroups: ['old'] });
    const same = await update(ref.principalArn, {});
    expect(same.accessEntry).toMatchObject({ username: 'people:x', kubernetesGroups: ['old'] });
    const bare = await update(ref.principalArn, { kubernetesGroups: [] });
    expect(bare.accessEntry).toMatchObject({ username: 'people:x', kubernetesGroups: [] });
  });

  test('refuses nodes, and names that are kept', async () => {
    const { put, update, remove } = world();
    const node = put('worker', { type: 'EC2_LINUX' }).ref.principalArn;
    const people = put('people').ref.principalArn;
    await expect(update(node, { kubernetesGroups: ['x'] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'This operation can only be performed on Access Entries with a type of "STANDARD".',
    });
    await expect(update(node, { username: 'system:node:{{EC2PrivateDNSName}}' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The username must not begin with system:',
    });
    await expect(update(people, { kubernetesGroups: ['system:masters'] })).rejects.toMatchObject({
      message: 'The kubernetes group name system:masters is invalid, it cannot start with system:',
    });
    await expect(update(SLR, {})).rejects.toMatchObject(slr);
    await remove(people);
    await expect(update(people, {})).rejects.toMatchObject(notFound);
  });
});

describe('DeleteAccessEntry', () => {
  test('takes the entry and its policies away, and no other', async () => {
    const { put, remove, describe: show, list, state } = world();
    const { ref } = put('people', { policies: [{ policyArn: VIEW, scope: { type: 'cluster', namespaces: [] } }] });
    const other = put('others');
    expect(await remove(ref.principalArn)).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    await expect(show(ref.principalArn)).rejects.toMatchObject(notFound);
    expect((await list()).accessEntries).toEqual([other.ref.principalArn]);
    expect(state.changesOf(other.ref)).toEqual([]);
    expect(state.changesOf(ref)).toMatchObject([{ operation: 'DeleteAccessEntry' }]);
    expect(state.addEntry(ref).policies).toEqual([]);
  });

  test('refuses an entry that is not there, twice too, and a service-linked role', async () => {
    const { put, remove, state } = world();
    const { ref } = put('people');
    state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'old', authenticationMode: 'CONFIG_MAP' });
    await remove(ref.principalArn);
    await expect(remove(ref.principalArn)).rejects.toMatchObject(notFound);
    await expect(remove(SLR)).rejects.toMatchObject(slr);
    await expect(remove(ref.principalArn, 'old')).rejects.toMatchObject(noEntries);
    await expect(remove(ref.principalArn, 'nope')).rejects.toMatchObject(noSuchCluster);
  });
});
