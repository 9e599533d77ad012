import { DeleteClusterCommand, DescribeNodegroupCommand, EKSClient, ListNodegroupsCommand } from '@aws-sdk/client-eks';
import { expect, test } from 'vitest';
import { allowing } from '../allowing.ts';
import { ACCOUNT, CLUSTER, eksWorld, REGION, roleArn } from './eks-world.ts';

function worldWithNodegroups() {
  const world = eksWorld();
  for (const name of ['workers', 'system']) {
    const where = { accountId: ACCOUNT, region: REGION, clusterName: CLUSTER };
    world.aws.eks.state.addNodegroup({ ...where, name, nodeRoleArn: roleArn('nodes') });
  }
  return { ...world, eks: world.client() };
}

test('node groups that a world starts with are listed and shown with their role', async () => {
  const { eks } = worldWithNodegroups();
  const { nodegroups } = await eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER }));
  expect(nodegroups).toEqual(['system', 'workers']);
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName: CLUSTER, nodegroupName: 'workers' }),
  );
  expect(nodegroup).toMatchObject({ nodegroupName: 'workers', nodeRole: roleArn('nodes'), status: 'ACTIVE' });
  expect(nodegroup?.nodegroupArn).toMatch(
    /^arn:aws:eks:eu-west-1:111122223333:nodegroup\/prod\/workers\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
});

test('a list of node groups comes in pages', async () => {
  const { eks } = worldWithNodegroups();
  const first = await eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER, maxResults: 1 }));
  const { nextToken } = first;
  const second = await eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER, maxResults: 1, nextToken }));
  expect([first.nodegroups, second.nodegroups, second.nextToken]).toEqual([['system'], ['workers'], undefined]);
});

test('a node group that is not there is not found, by its name', async () => {
  const { eks } = worldWithNodegroups();
  const call = eks.send(new DescribeNodegroupCommand({ clusterName: CLUSTER, nodegroupName: 'other' }));
  await expect(call).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'No node group found for name: other.',
    nodegroupName: 'other',
  });
});

test('a cluster with node groups is not deleted', async () => {
  const { eks } = worldWithNodegroups();
  const call = eks.send(new DeleteClusterCommand({ name: CLUSTER }));
  await expect(call).rejects.toThrow('Cluster has nodegroups attached');
});

test('a node group goes to nobody who may not describe it', async () => {
  const { aws } = worldWithNodegroups();
  const credentials = aws.credentials.issue({ arn: roleArn('people'), statements: allowing('eks:ListNodegroups') });
  const eks = new EKSClient({ region: REGION, credentials, requestHandler: aws.requestHandler, maxAttempts: 1 });
  await expect(eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER }))).resolves.toBeDefined();
  await expect(
    eks.send(new DescribeNodegroupCommand({ clusterName: CLUSTER, nodegroupName: 'workers' })),
  ).rejects.toThrow('eks:DescribeNodegroup on resource: arn:aws:eks:eu-west-1:111122223333:nodegroup/prod/workers/*');
});
