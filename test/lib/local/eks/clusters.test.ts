import {
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DeleteClusterCommand,
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListClustersCommand,
  UpdateClusterConfigCommand,
  type UpdateClusterConfigCommandInput,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, CLUSTER, eksWorld, OTHER_ACCOUNT, REGION, roleArn, START } from './eks-world.ts';

const delays = { clusterCreation: 600_000, clusterUpdate: 60_000, clusterDeletion: 300_000 };

function world() {
  const made = eksWorld({ eks: delays });
  const client = made.client();
  const defaults = { roleArn: roleArn('cluster'), resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] } };
  return {
    ...made,
    create: (name: string, input: Partial<CreateClusterCommandInput> = {}, by = client) =>
      by.send(new CreateClusterCommand({ name, ...defaults, ...input })),
    show: async (name: string) => (await client.send(new DescribeClusterCommand({ name }))).cluster,
    list: (page: object = {}, by = client) => by.send(new ListClustersCommand(page)),
    remove: (name: string) => client.send(new DeleteClusterCommand({ name })),
    update: (name: string, input: Partial<UpdateClusterConfigCommandInput>) =>
      client.send(new UpdateClusterConfigCommand({ name, ...input })),
    entries: async (clusterName: string) =>
      (await client.send(new ListAccessEntriesCommand({ clusterName }))).accessEntries,
  };
}

const mode = (authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP') => ({
  accessConfig: { authenticationMode },
});

describe('CreateCluster', () => {
  test('makes a cluster that is ACTIVE after a while, in mode CONFIG_MAP unless told otherwise', async () => {
    const { create, show, wait } = world();
    const { cluster } = await create('new');
    expect(cluster).toMatchObject({
      name: 'new',
      arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/new`,
      status: 'CREATING',
      createdAt: new Date(START),
      roleArn: roleArn('cluster'),
      resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
      accessConfig: { authenticationMode: 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
    });
    await wait(600_000);
    expect(await show('new')).toMatchObject({ status: 'ACTIVE' });
  });

  test('admits its creator, unless that is declined', async () => {
    const { create, entries, wait, putRole, aws, client, state } = world();
    const { arn, uniqueId } = putRole('creator');
    const creator = client(aws.credentials.issue({ arn }));
    await create('mine', mode('API'), creator);
    const declined = { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false } as const;
    await create('ours', { accessConfig: declined }, creator);
    await wait(600_000);
    expect(await entries('mine')).toEqual([arn]);
    expect(await entries('ours')).toEqual([]);
    const ref = { accountId: ACCOUNT, region: REGION, clusterName: 'mine', principalArn: arn };
    expect(state.entry(ref)).toMatchObject({
      boundId: uniqueId,
      policies: [{ policyArn: expect.stringMatching(/AmazonEKSClusterAdminPolicy$/), scope: { type: 'cluster' } }],
    });
  });

  test('says what it does not emulate', async () => {
    const { create } = world();
    await expect(create('auto', { computeConfig: { enabled: true } })).rejects.toMatchObject({
      message: 'the local AWS does not emulate computeConfig of CreateCluster',
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('refuses a name that is taken, one that is none, and a CONFIG_MAP cluster without its creator', async () => {
    const { create } = world();
    await expect(create(CLUSTER)).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Cluster already exists with name: prod',
    });
    await expect(create('no spaces')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(
      create('x', { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP',
    });
  });
});

describe('DescribeCluster and ListClusters', () => {
  test("know the caller's clusters in the region of the call, and no others", async () => {
    const { list, show, state, client, aws } = world();
    state.addCluster({ accountId: ACCOUNT, region: 'us-east-1', name: 'far' });
    state.addCluster({ accountId: OTHER_ACCOUNT, region: REGION, name: 'theirs' });
    expect((await list()).clusters).toEqual([CLUSTER]);
    expect((await list({}, client(undefined, 'us-east-1'))).clusters).toEqual(['far']);
    const theirs = aws.credentials.issue({ arn: `arn:aws:iam::${OTHER_ACCOUNT}:root` });
    expect((await list({}, client(theirs))).clusters).toEqual(['theirs']);
    await expect(show('far')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: far.',
    });
  });

  test('lists in pages, by name', async () => {
    const { list, state } = world();
    for (const name of ['b', 'a', 'c']) state.addCluster({ accountId: ACCOUNT, region: REGION, name });
    const first = await list({ maxResults: 3 });
    expect(first.clusters).toEqual(['a', 'b', 'c']);
    expect(await list({ nextToken: first.nextToken })).toMatchObject({ clusters: [CLUSTER] });
    await expect(list({ maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('UpdateClusterConfig', () => {
  test('takes the authentication mode one step forward', async () => {
    const { create, update, show, wait } = world();
    await create('old');
    await wait(600_000);
    const { update: started } = await update('old', mode('API_AND_CONFIG_MAP'));
    expect(started).toMatchObject({ status: 'InProgress', type: 'AccessConfigUpdate' });
    expect(await show('old')).toMatchObject({ status: 'UPDATING', ...mode('API_AND_CONFIG_MAP') });
    await wait(60_000);
    expect(await show('old')).toMatchObject({ status: 'ACTIVE' });
  });

  test.each([
    ['CONFIG_MAP', 'API'],
    ['API_AND_CONFIG_MAP', 'CONFIG_MAP'],
    ['API_AND_CONFIG_MAP', 'API_AND_CONFIG_MAP'],
    ['API', 'API_AND_CONFIG_MAP'],
  ] as const)('refuses to go from %s to %s', async (from, to) => {
    const { update, state } = world();
    state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'old', authenticationMode: from });
    await expect(update('old', mode(to))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Unsupported authentication mode update from ${from} to ${to}`,
    });
  });

  test('refuses a cluster that is busy or not there, and says what it does not emulate', async () => {
    const { create, update } = world();
    await create('busy');
    await expect(update('busy', mode('API'))).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(update('nope', mode('API'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(update(CLUSTER, { deletionProtection: true })).rejects.toMatchObject({
      message: 'the local AWS does not emulate UpdateClusterConfig of deletionProtection',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

test('DeleteCluster takes a cluster and its entries away after a while', async () => {
  const { remove, show, list, wait, state, putRole, ref } = world();
  const { principalArn } = state.addEntry(ref(putRole('worker').arn)).ref;
  expect((await remove(CLUSTER)).cluster).toMatchObject({ status: 'DELETING' });
  expect(await show(CLUSTER)).toMatchObject({ status: 'DELETING' });
  await expect(remove(CLUSTER)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await wait(300_000);
  await expect(show(CLUSTER)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await list()).clusters).toEqual([]);
  expect(state.entry(ref(principalArn))).toBeUndefined();
  await expect(remove(CLUSTER)).rejects.toMatchObject({ message: 'No cluster found for name: prod.' });
});
