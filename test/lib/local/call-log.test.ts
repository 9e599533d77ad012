import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { ACCOUNT, localWorld, refusal, roleArn, START } from './local-world.ts';

async function loggedWorld() {
  const world = localWorld();
  const { aws, iam, config } = world;
  const person = aws.credentials.issue({ arn: roleArn('person'), sessionName: 'ann' });
  await iam.send(new ListRolesCommand({}));
  await world.wait(1_000);
  await refusal(new IAMClient(config(person)).send(new GetRoleCommand({ RoleName: 'none' })));
  await new EKSClient(config(person, 'eu-west-1')).send(new ListClustersCommand({}));
  await new EKSClient(config(person, 'us-east-1')).send(new ListClustersCommand({}));
  return { ...world, person };
}

test('each call is there with its time, its caller, its input and its error', async () => {
  const { aws, administrator, person } = await loggedWorld();
  expect(aws.calls.all).toMatchObject([
    { service: 'iam', operation: 'ListRoles', region: 'us-east-1', accessKeyId: administrator.accessKeyId, at: START },
    {
      operation: 'GetRole',
      accessKeyId: person.accessKeyId,
      callerArn: `arn:aws:sts::${ACCOUNT}:assumed-role/person/ann`,
      at: START + 1_000,
      input: { RoleName: 'none' },
      error: 'NoSuchEntityException',
    },
    { service: 'eks', operation: 'ListClusters', region: 'eu-west-1' },
    { service: 'eks', operation: 'ListClusters', region: 'us-east-1' },
  ]);
  expect(aws.calls.all[0]).not.toHaveProperty('error');
});

test('calls are counted by operation and by caller, all or some', async () => {
  const { aws, person } = await loggedWorld();
  expect(aws.calls.countByOperation()).toEqual({ GetRole: 1, ListClusters: 2, ListRoles: 1 });
  expect(aws.calls.countByOperation({ region: 'eu-west-1' })).toEqual({ ListClusters: 1 });
  expect(aws.calls.countByCaller({ operation: 'ListClusters' })).toEqual({
    [`arn:aws:sts::${ACCOUNT}:assumed-role/person/ann`]: 2,
  });
  expect(aws.calls.matching({ accessKeyId: person.accessKeyId, service: 'iam' })).toHaveLength(1);
});
