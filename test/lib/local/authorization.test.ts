import {
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  DescribeClusterCommand,
  EKSClient,
} from '@aws-sdk/client-eks';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal, roleArn } from './local-world.ts';
import { allowing } from './allowing.ts';

const WHO = `arn:aws:sts::${ACCOUNT}:assumed-role/step/run`;

/** Clients of a role that may do only that. */
function allowed(...actions: string[]) {
  const { aws, config } = localWorld();
  aws.eks.state.addCluster({ accountId: ACCOUNT, region: 'us-east-1', name: 'prod' });
  const key = aws.credentials.issue({ arn: roleArn('step'), sessionName: 'run', statements: allowing(...actions) });
  const client = config(key);
  return {
    aws,
    eks: new EKSClient(client),
    iam: new IAMClient(client),
    lambda: new LambdaClient(client),
    events: new EventBridgeClient(client),
    sfn: new SFNClient(client),
    sts: new STSClient(client),
  };
}

const entry = (more: object = {}) =>
  new CreateAccessEntryCommand({ clusterName: 'prod', principalArn: roleArn('team/worker'), ...more });
const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User: ${WHO} is not authorized to perform: ${action} on resource: ${resource}`,
});

describe('a call beyond the allowed actions is denied', () => {
  test('by EKS, naming the entry', async () => {
    const { eks } = allowed('eks:DescribeAccessEntry');
    const deleting = new DeleteAccessEntryCommand({ clusterName: 'prod', principalArn: roleArn('team/worker') });
    expect(await refusal(eks.send(deleting))).toMatchObject({
      ...denied('eks:DeleteAccessEntry', `arn:aws:eks:us-east-1:${ACCOUNT}:access-entry/prod/role/${ACCOUNT}/worker/*`),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('by IAM, in its own words', async () => {
    const { iam } = allowed('iam:ListRoles');
    expect(await refusal(iam.send(new GetRoleCommand({ RoleName: 'worker' })))).toMatchObject({
      name: 'AccessDenied',
      message: `User: ${WHO} is not authorized to perform: iam:GetRole on resource: role worker because no identity-based policy allows the iam:GetRole action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('by Lambda, where the action has another name than the operation', async () => {
    const { lambda } = allowed('lambda:Invoke');
    expect(await refusal(lambda.send(new InvokeCommand({ FunctionName: 'step' })))).toMatchObject(
      denied('lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:step`),
    );
  });

  test('by Step Functions and the event bus', async () => {
    const { sfn, events } = allowed();
    const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:x`;
    const starting = refusal(sfn.send(new StartExecutionCommand({ stateMachineArn })));
    expect(await starting).toMatchObject(denied('states:StartExecution', stateMachineArn));
    const putting = refusal(events.send(new PutEventsCommand({ Entries: [] })));
    expect(await putting).toMatchObject({ name: 'AccessDeniedException' });
  });

  test('before it takes effect', async () => {
    const { aws, iam } = allowed('iam:GetRole');
    await refusal(iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 })));
    expect(aws.iam.find(ACCOUNT, 'role', 'worker')).toBeUndefined();
  });
});

describe('making an entry', () => {
  test('of a node type needs iam:PassRole', async () => {
    const { eks } = allowed('eks:CreateAccessEntry');
    expect(await refusal(eks.send(entry({ type: 'EC2_LINUX' })))).toMatchObject(
      denied('iam:PassRole', roleArn('team/worker')),
    );
  });

  test('with tags needs eks:TagResource', async () => {
    const { eks } = allowed('eks:CreateAccessEntry');
    expect(await refusal(eks.send(entry({ tags: { a: 'b' } })))).toMatchObject(
      denied('eks:TagResource', `arn:aws:eks:us-east-1:${ACCOUNT}:access-entry/prod/role/${ACCOUNT}/worker/*`),
    );
  });

  test('of a person needs neither', async () => {
    const { eks } = allowed('eks:CreateAccessEntry');
    expect(await refusal(eks.send(entry({ tags: {} })))).toMatchObject({ name: 'InvalidParameterException' });
  });
});

test.each(['*', 'eks:*', 'eks:Describe*', 'EKS:describecluster', 'eks:Describe?luster'])(
  '%s allows DescribeCluster',
  async (action) => {
    const { eks } = allowed(action);
    expect((await eks.send(new DescribeClusterCommand({ name: 'prod' }))).cluster?.name).toBe('prod');
  },
);

test('everybody may ask who they are', async () => {
  const { sts } = allowed();
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: WHO });
});
