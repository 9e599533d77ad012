import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { Deployment, FunctionDefinition } from '../../../lib/local/deployment.ts';
import { ACCOUNT, EC2, localWorld, roleArn } from './local-world.ts';
import { allowing, deliveringRole } from './allowing.ts';

const arnOf = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const LOOK = arnOf('lambda', 'function:Look');
const MACHINE = arnOf('states', 'stateMachine:watch');

/** Looks a role up that an IAM event names, through an AWS client made from its runtime. */
const look: FunctionDefinition = {
  async invoke(event, _context, { env, requestHandler }) {
    const credentials = {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    };
    const region = env['AWS_REGION'] ?? '';
    const iam = new IAMClient({ region, credentials, ...(requestHandler && { requestHandler }), maxAttempts: 1 });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: JSON.parse(JSON.stringify(event)).roleName }));
    return { arn: Role?.Arn, settings: env['SETTING'] };
  },
  environment: { SETTING: 'on' },
  statements: allowing('iam:GetRole'),
  timeoutSeconds: 10,
};

const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Look',
  States: {
    Look: {
      Type: 'Task',
      Resource: LOOK,
      Arguments: { roleName: '{% $states.input.detail.requestParameters.roleName %}' },
      Next: 'Tell',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: { Entries: [{ Source: 'eks-rebind', DetailType: 'Looked', Detail: '{% $states.input %}' }] },
      End: true,
    },
  },
});

const deployment = (more = ['events:PutEvents'], statements = look.statements): Deployment => ({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  functions: { Look: { ...look, statements } },
  stateMachines: { watch: { definition, statements: allowing('lambda:InvokeFunction', ...more) } },
  roles: { [roleArn('starts-watch')]: deliveringRole('states:StartExecution') },
  rules: {
    watch: {
      eventPattern: { source: ['aws.iam'], detail: { eventName: ['CreateRole'], errorCode: [{ exists: false }] } },
      targets: [{ arn: MACHINE, roleArn: roleArn('starts-watch') }],
    },
  },
});

function deployed(plan = deployment(), seed = 7) {
  const world = localWorld({ seed });
  world.aws.deploy(plan);
  const sfn = new SFNClient(world.config());
  const executions = async () => {
    const { executions: all = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: MACHINE }));
    return Promise.all(all.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))));
  };
  return { ...world, sfn, executions };
}

const create = new CreateRoleCommand({ RoleName: 'worker', Path: '/team/', AssumeRolePolicyDocument: EC2 });

describe('a deployment', () => {
  test('hears of an IAM change, starts, runs its function with a key of its own, and puts an event', async () => {
    const { aws, iam, wait, executions } = deployed();
    await iam.send(create);
    await wait(60_000);
    expect(await executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
    const event = aws.events.events.find(({ source }) => source === 'eks-rebind');
    expect(event).toMatchObject({
      'detail-type': 'Looked',
      detail: { arn: roleArn('team/worker'), settings: 'on' },
      resources: [expect.stringContaining(':execution:watch:'), MACHINE],
    });
    const reads = aws.calls.matching({ operation: 'GetRole' });
    expect(reads).toHaveLength(1);
    expect(reads[0]?.callerArn).toContain(':assumed-role/');
  });

  test('tells the bus of each start and end', async () => {
    const { aws, iam, wait } = deployed();
    await iam.send(create);
    await wait(60_000);
    const changes = aws.events.events.filter(({ source }) => source === 'aws.states');
    expect(changes.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(changes[0]).toMatchObject({
      'detail-type': 'Step Functions Execution Status Change',
      account: ACCOUNT,
      region: 'us-east-1',
      resources: [expect.stringContaining(':execution:watch:')],
      detail: { stateMachineArn: MACHINE },
    });
  });

  test('is held to what its functions may do', async () => {
    const { iam, wait, executions } = deployed(deployment(['events:PutEvents'], allowing('iam:ListRoles')));
    await iam.send(create);
    await wait(60_000);
    expect(await executions()).toMatchObject([{ status: 'FAILED', error: 'AccessDenied' }]);
  });

  test('is held to what its machines may put on the bus', async () => {
    const { iam, wait, executions } = deployed(deployment([]));
    await iam.send(create);
    await wait(60_000);
    expect(await executions()).toMatchObject([
      { status: 'FAILED', cause: expect.stringContaining('not authorized to perform: events:PutEvents') },
    ]);
  });

  test('fails by name where one of its events is refused', async () => {
    const plan = deployment();
    const refused = definition.replace('"eks-rebind"', '"aws.iam"');
    const { iam, wait, executions } = deployed({
      ...plan,
      stateMachines: {
        watch: { definition: refused, statements: allowing('lambda:InvokeFunction', 'events:PutEvents') },
      },
    });
    await iam.send(create);
    await wait(60_000);
    expect(await executions()).toMatchObject([
      {
        status: 'FAILED',
        error: 'EventBridge.FailedEntry',
        cause: expect.stringContaining('NotAuthorizedForSourceException'),
      },
    ]);
  });

  test('can be started by hand', async () => {
    const { sfn, wait, executions, iam } = deployed();
    await iam.send(create);
    const input = JSON.stringify({ detail: { requestParameters: { roleName: 'worker' } } });
    await sfn.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'by-hand', input }));
    await wait(60_000);
    expect((await executions()).map(({ status, name }) => [status, name])).toContainEqual(['SUCCEEDED', 'by-hand']);
  });
});

test('an event of a source that AWS keeps for itself never gets on the bus', async () => {
  const { aws, config } = localWorld();
  const entry = { Source: 'aws.iam', DetailType: 'AWS API Call via CloudTrail', Detail: '{}' };
  const { Entries } = await new EventBridgeClient(config()).send(new PutEventsCommand({ Entries: [entry] }));
  expect(Entries).toMatchObject([{ ErrorCode: 'NotAuthorizedForSourceException' }]);
  expect(aws.events.events).toEqual([]);
});

/** All calls and events of a run from one seed. */
async function traceOf(seed: number): Promise<string> {
  const { aws, iam, wait, executions } = deployed(deployment(), seed);
  await iam.send(create);
  await wait(60_000);
  await executions();
  return JSON.stringify([aws.calls.all, aws.events.events]);
}

test('the same seed replays the same run, ids and times and all', async () => {
  const first = await traceOf(11);
  expect(await traceOf(11)).toBe(first);
  expect(await traceOf(12)).not.toBe(first);
});

/** The id that a role gets after so many calls of another service. */
async function roleIdAfter(calls: number): Promise<string | undefined> {
  const { iam, config } = localWorld();
  const events = new EventBridgeClient(config());
  const entry = { Source: 'a', DetailType: 'b', Detail: '{}' };
  for (let call = 0; call < calls; call++) await events.send(new PutEventsCommand({ Entries: [entry] }));
  return (await iam.send(create)).Role?.RoleId;
}

test('one more call of one service does not change what another draws', async () => {
  expect(await roleIdAfter(3)).toBe(await roleIdAfter(0));
});
