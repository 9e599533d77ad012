import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { Deployment, PolicyStatement, StateMachineDefinition } from '../../../lib/local/deployment.ts';
import { allowing } from './allowing.ts';
import { ACCOUNT, localWorld, refusal } from './local-world.ts';

const arnOf = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const LOOK = arnOf('lambda', 'function:Look');
const PARENT = arnOf('states', 'stateMachine:parent');
const CHILD = arnOf('states', 'stateMachine:child');
const CHILDREN = arnOf('states', 'execution:child:*');
const RULE = arnOf('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/eks-rebind/parent`;

const allow = (actions: readonly string[], resource: string): PolicyStatement => ({
  effect: 'Allow',
  actions,
  resources: [resource],
});

const machine = (task: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Do', States: { Do: { Type: 'Task', End: true, ...task } } });

const MAY_BE_TOLD = allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], RULE);

const LOOKING = { environment: {}, statements: [], timeoutSeconds: 5 };

const plan = (parent: StateMachineDefinition): Deployment => ({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  functions: { Look: { ...LOOKING, invoke: async () => 'seen' } },
  stateMachines: {
    parent: { roleArn: ROLE, ...parent },
    child: {
      definition:
        '{"QueryLanguage":"JSONata","StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":60,"End":true}}}',
      statements: [],
    },
  },
  rules: {},
});

/** How an execution of a machine ends whose role holds these statements, and what became of its children. */
async function ended(task: object, statements: readonly PolicyStatement[], { stopAfterSeconds = Infinity } = {}) {
  const { aws, clock, config } = localWorld();
  aws.deploy(plan({ definition: machine(task), statements }));
  const sfn = new SFNClient(config());
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: PARENT }));
  if (stopAfterSeconds < Infinity) {
    await clock.run(() => clock.pause(stopAfterSeconds * 1_000));
    await sfn.send(new StopExecutionCommand({ executionArn }));
  }
  await clock.run(() => clock.pause(3_600_000));
  const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const executions = [...aws.stepFunctions.world.executions.values()];
  const child = executions.find(({ machine: { arn } }) => arn === CHILD)?.status;
  return { aws, status, error, cause, child };
}

describe('a Task runs its function where the role may', () => {
  const byArn = { Resource: LOOK };
  const byInvoke = { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'Look' } };

  test.each<[string, object, readonly PolicyStatement[], string]>([
    ['by its ARN', byArn, [allow(['lambda:InvokeFunction'], LOOK)], 'SUCCEEDED'],
    ['by lambda:invoke', byInvoke, [allow(['lambda:InvokeFunction'], LOOK)], 'SUCCEEDED'],
    ['by its ARN, not another', byArn, [allow(['lambda:InvokeFunction'], `${LOOK}2`)], 'FAILED'],
    ['by lambda:invoke, not another', byInvoke, [allow(['lambda:InvokeFunction'], `${LOOK}2`)], 'FAILED'],
    ['by its ARN, not by nothing', byArn, [], 'FAILED'],
  ])('%s', async (_how, task, statements, status) => {
    expect(await ended(task, statements)).toMatchObject({ status });
  });

  test('and fails in the words of Lambda where it may not', async () => {
    const { error, cause } = await ended(byArn, []);
    expect(error).toBe('Lambda.AWSLambdaException');
    const who = `arn:aws:sts::${ACCOUNT}:assumed-role/parent/states`;
    const text = `User: ${who} is not authorized to perform: lambda:InvokeFunction on resource: ${LOOK}`;
    expect(cause).toContain(text);
    expect(cause).toContain('Status Code: 403; Error Code: AccessDeniedException');
  });

  test('which is told by the name of the machine', async () => {
    const { aws } = await ended(byArn, [...allowing('eks:*'), allow(['lambda:InvokeFunction'], LOOK)]);
    const action = 'lambda:InvokeFunction';
    expect(aws.permissions.used).toEqual([
      { principal: 'parent', policy: 'parent', statement: 1, action, resource: LOOK, conditionKeys: [] },
    ]);
  });
});

describe('a nested execution', () => {
  const waiting = { Resource: 'arn:aws:states:::states:startExecution.sync:2', Arguments: { StateMachineArn: CHILD } };
  const starting = allow(['states:StartExecution'], CHILD);
  const looking = allow(['states:DescribeExecution'], CHILDREN);
  const stopping = allow(['states:StopExecution'], CHILDREN);

  test.each<[string, readonly PolicyStatement[], object]>([
    ['is started and waited for', [MAY_BE_TOLD, starting, looking], { status: 'SUCCEEDED', child: 'SUCCEEDED' }],
    [
      'is not started without StartExecution on its machine',
      [MAY_BE_TOLD, allow(['states:StartExecution'], PARENT), looking],
      { status: 'FAILED', error: 'StepFunctions.AWSStepFunctionsException', child: undefined },
    ],
    [
      'is not looked at without DescribeExecution on it',
      [MAY_BE_TOLD, starting, allow(['states:DescribeExecution'], CHILD)],
      { status: 'FAILED', child: 'SUCCEEDED' },
    ],
  ])('%s', async (_what, statements, expected) => {
    expect(await ended(waiting, statements)).toMatchObject(expected);
  });

  test.each<[string, readonly PolicyStatement[], string]>([
    ['stops with its parent', [MAY_BE_TOLD, starting, looking, stopping], 'ABORTED'],
    ['goes on where the role may not stop it', [MAY_BE_TOLD, starting, looking], 'SUCCEEDED'],
  ])('%s', async (_what, statements, child) => {
    expect(await ended(waiting, statements, { stopAfterSeconds: 10 })).toMatchObject({ status: 'ABORTED', child });
  });

  test.each(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'])(
    'is refused at deploy where the role lacks %s',
    (missing) => {
      const others = MAY_BE_TOLD.actions.filter((action) => action !== missing);
      const statements = [allow(others, RULE), starting, looking];
      const deploying = () => localWorld().aws.deploy(plan({ definition: machine(waiting), statements }));
      expect(deploying).toThrow(`'${ROLE}' is not authorized to create managed-rule.`);
    },
  );
});

const pass = '{"QueryLanguage":"JSONata","StartAt":"End","States":{"End":{"Type":"Succeed"}}}';

describe('logging is refused at deploy', () => {
  const actions = [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ];
  const logging = {
    level: 'ALL',
    includeExecutionData: false,
    destinations: [arnOf('logs', 'log-group:/aws/vendedlogs/parent:*')],
  } as const;
  const deploying = (statements: readonly PolicyStatement[], more: Partial<StateMachineDefinition> = {}) => {
    const { aws } = localWorld();
    return () => aws.deploy(plan({ definition: pass, statements, logging, ...more }));
  };

  test.each(actions)('where the role lacks %s', (missing) => {
    const others = allow(
      actions.filter((action) => action !== missing),
      '*',
    );
    expect(deploying([others])).toThrow('The state machine IAM Role is not authorized to access the Log Destination');
  });

  test('where the role has them on one group only', () => {
    expect(deploying([allow(actions, logging.destinations[0])])).toThrow(
      'not authorized to access the Log Destination',
    );
  });

  test('but not where it has them all, or where nothing is logged', () => {
    expect(deploying([allow(actions, '*')])).not.toThrow();
    expect(deploying([], { logging: { ...logging, level: 'OFF' } })).not.toThrow();
  });
});

/** The executions that X-Ray kept a trace of, after one. */
async function traced(statements: readonly PolicyStatement[], tracing: boolean) {
  const { aws, clock, config } = localWorld();
  aws.deploy(plan({ definition: pass, statements, tracing }));
  await new SFNClient(config()).send(new StartExecutionCommand({ stateMachineArn: PARENT, name: 'one' }));
  await clock.run(() => clock.pause(1_000));
  return aws.stepFunctions.traces.map(({ arn }) => arn);
}

describe("a machine's traces are kept", () => {
  const actions = [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ];
  test('where its role may, and tracing is on', async () => {
    expect(await traced([allow(actions, '*')], true)).toEqual([arnOf('states', 'execution:parent:one')]);
    expect(await traced([allow(actions, '*')], false)).toEqual([]);
  });

  test.each(actions)('not where its role lacks %s', async (missing) => {
    const others = actions.filter((action) => action !== missing);
    expect(await traced([allow(others, '*')], true)).toEqual([]);
  });
});

describe('whoever answers a task by its token', () => {
  /** Somebody's answer to a task of the parent's that waits. */
  async function answering(resource: string) {
    const { aws, clock, config } = localWorld();
    const asked = { FunctionName: LOOK, Payload: { token: '{% $states.context.Task.Token %}' } };
    const task = { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: asked };
    const deployment = plan({
      definition: machine(task),
      statements: [allow(['lambda:InvokeFunction'], LOOK)],
    });
    let taskToken = '';
    const invoke = async (event: unknown) => void (taskToken = JSON.parse(JSON.stringify(event)).token);
    aws.deploy({ ...deployment, functions: { Look: { ...LOOKING, invoke } } });
    await new SFNClient(config()).send(new StartExecutionCommand({ stateMachineArn: PARENT }));
    await clock.run(() => clock.pause(1_000));
    const statements = [allow(['states:SendTaskSuccess'], resource)];
    const key = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:role/answers`, statements });
    return refusal(new SFNClient(config(key)).send(new SendTaskSuccessCommand({ taskToken, output: '1' })));
  }

  test.each([PARENT, '*'])('may by %s', async (resource) => {
    expect(await answering(resource)).toBe('it was not refused');
  });

  test('may not by another machine', async () => {
    expect(await answering(CHILD)).toMatchObject({
      message: expect.stringContaining(`not authorized to perform: states:SendTaskSuccess on resource: ${PARENT}`),
    });
  });
});
