import { CreateAccessEntryCommand, DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal } from './local-world.ts';

const createRole = new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 });

/** One harmless call of each service. */
function calls({ config, iam, sts }: ReturnType<typeof localWorld>): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    eks: () => new EKSClient(config()).send(new ListClustersCommand({})),
    events: () => new EventBridgeClient(config()).send(new ListRulesCommand({})),
    iam: () => iam.send(new ListRolesCommand({})),
    lambda: () => new LambdaClient(config()).send(new ListFunctionsCommand({})),
    states: () => new SFNClient(config()).send(new ListStateMachinesCommand({})),
    sts: () => sts.send(new GetCallerIdentityCommand({})),
  };
}

describe('a throttle', () => {
  test.each([
    ['eks', 'ThrottlingException', 429],
    ['events', 'ThrottlingException', 400],
    ['iam', 'Throttling', 400],
    ['lambda', 'TooManyRequestsException', 429],
    ['states', 'ThrottlingException', 400],
    ['sts', 'Throttling', 400],
  ])('of %s is called %s, with status %i', async (service, name, httpStatusCode) => {
    const world = localWorld();
    world.aws.faults.inject({ effect: { kind: 'throttle' } });
    const error = await refusal(calls(world)[service]?.() ?? Promise.resolve());
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(/^Rate [eE]xceeded/),
      $metadata: { httpStatusCode },
    });
  });

  test('comes before the call takes effect', async () => {
    const { aws, iam } = localWorld();
    aws.faults.inject({ operation: 'CreateRole', times: 1, effect: { kind: 'throttle' } });
    await refusal(iam.send(createRole));
    expect(aws.iam.find(ACCOUNT, 'role', 'worker')).toBeUndefined();
    await iam.send(createRole);
  });
});

test.each(['eks', 'events', 'iam', 'lambda', 'states', 'sts'])(
  'an unavailable %s answers with a 5xx',
  async (service) => {
    const world = localWorld();
    world.aws.faults.inject({ effect: { kind: 'unavailable' } });
    const error = await refusal(calls(world)[service]?.() ?? Promise.resolve());
    expect(error).toMatchObject({
      $fault: 'server',
      $metadata: { httpStatusCode: expect.toSatisfy((status) => status >= 500) },
    });
  },
);

test('a lost connection looks as it does on a socket, and the call never happened', async () => {
  const { aws, iam } = localWorld();
  aws.faults.inject({ operation: 'CreateRole', times: 1, effect: { kind: 'connectionLost' } });
  expect(await refusal(iam.send(createRole))).toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
  expect(aws.iam.find(ACCOUNT, 'role', 'worker')).toBeUndefined();
  expect(aws.calls.all.at(-1)).toMatchObject({ operation: 'CreateRole', error: 'ConnectionReset' });
});

test('a lost answer looks the same, and the call happened', async () => {
  const { aws, iam } = localWorld();
  aws.faults.inject({ operation: 'CreateRole', times: 1, effect: { kind: 'answerLost' } });
  expect(await refusal(iam.send(createRole))).toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
  expect(aws.iam.find(ACCOUNT, 'role', 'worker')).toBeDefined();
});

test('a slow answer takes its time on the clock, within a call that is busy too', async () => {
  const { aws, clock, iam } = localWorld();
  aws.faults.inject({ effect: { kind: 'slow', milliseconds: 60_000 } });
  const before = clock.now();
  await clock.run(() => clock.busy(() => iam.send(createRole)));
  expect(clock.now() - before).toBe(60_000);
});

test('a fault is named and worded as asked', async () => {
  const { aws, config } = localWorld();
  const text = 'The specified principalArn is invalid: invalid principal.';
  aws.faults.inject({
    operation: 'CreateAccessEntry',
    effect: { kind: 'fault', name: 'InvalidParameterException', message: text },
  });
  const creating = new CreateAccessEntryCommand({ clusterName: 'prod', principalArn: 'arn' });
  expect(await refusal(new EKSClient(config()).send(creating))).toMatchObject({
    name: 'InvalidParameterException',
    message: text,
    $metadata: { httpStatusCode: 400 },
  });
});

describe('a rule', () => {
  test('happens as often as it says, then no more', async () => {
    const { aws, iam } = localWorld();
    const fault = aws.faults.inject({ times: 2, effect: { kind: 'throttle' } });
    const answers = [];
    for (let call = 0; call < 3; call++) answers.push(typeof (await refusal(iam.send(new ListRolesCommand({})))));
    expect(answers).toEqual(['object', 'object', 'string']);
    expect(fault.count).toBe(2);
  });

  test('goes on until it is lifted', async () => {
    const { aws, iam } = localWorld();
    const fault = aws.faults.inject({ effect: { kind: 'throttle' } });
    for (let call = 0; call < 5; call++) await refusal(iam.send(new ListRolesCommand({})));
    fault.lift();
    fault.lift();
    await iam.send(new ListRolesCommand({}));
    expect(fault.count).toBe(5);
  });

  test('leaves the others when it is lifted twice', async () => {
    const { aws, iam } = localWorld();
    const first = aws.faults.inject({ effect: { kind: 'throttle' } });
    aws.faults.inject({ effect: { kind: 'unavailable' } });
    first.lift();
    first.lift();
    expect(await refusal(iam.send(new ListRolesCommand({})))).toMatchObject({ name: 'ServiceUnavailable' });
    aws.faults.liftAll();
    await iam.send(new ListRolesCommand({}));
  });

  test('looks at caller, region and input', async () => {
    const { aws, config } = localWorld();
    aws.faults.inject({
      operation: 'DescribeCluster',
      when: (call, input) => call.region === 'eu-west-1' && input['name'] === 'prod',
      effect: { kind: 'throttle' },
    });
    const ask = async (region: string, name: string) =>
      refusal(new EKSClient(config(undefined, region)).send(new DescribeClusterCommand({ name })));
    expect(await ask('eu-west-1', 'prod')).toMatchObject({ name: 'ThrottlingException' });
    expect(await ask('us-east-1', 'prod')).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await ask('eu-west-1', 'test')).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('that was injected first happens first', async () => {
    const { aws, iam } = localWorld();
    aws.faults.inject({ times: 1, effect: { kind: 'throttle' } });
    aws.faults.inject({ effect: { kind: 'unavailable' } });
    expect(await refusal(iam.send(new ListRolesCommand({})))).toMatchObject({ name: 'Throttling' });
    expect(await refusal(iam.send(new ListRolesCommand({})))).toMatchObject({ name: 'ServiceUnavailable' });
  });
});
