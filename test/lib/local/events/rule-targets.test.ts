import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type {
  Deployment,
  ResourcePolicyStatement,
  RoleDefinition,
  RuleTarget,
} from '../../../../lib/local/deployment.ts';
import { deliveringRole } from '../allowing.ts';
import { ACCOUNT, localWorld } from '../local-world.ts';

const arnOf = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const MACHINE = arnOf('states', 'stateMachine:hear');
const FUNCTION = arnOf('lambda', 'function:Hear');
const TOPIC = arnOf('sns', 'news');
const QUEUE = arnOf('sqs', 'letters');
const RULE = arnOf('events', 'rule/told');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/eks-rebind/starter`;

const letting = (action: string, resource: string, sourceArn = RULE): ResourcePolicyStatement => ({
  effect: 'Allow',
  actions: [action],
  resources: [resource],
  principals: { Service: ['events.amazonaws.com'] },
  conditions: { ArnEquals: { 'aws:SourceArn': [sourceArn] } },
});

const { conditions: _, ...PUBLISHING } = letting('sns:Publish', TOPIC);

interface Given {
  readonly role?: RoleDefinition;
  readonly onFunction?: readonly ResourcePolicyStatement[];
  readonly onTopic?: readonly ResourcePolicyStatement[];
  readonly onQueue?: readonly ResourcePolicyStatement[];
}

const PASS = '{"QueryLanguage":"JSONata","StartAt":"End","States":{"End":{"Type":"Succeed"}}}';

/** What becomes of one event for which a rule has that target. */
async function told(target: Partial<RuleTarget>, given: Given = {}) {
  const { aws, clock, config } = localWorld();
  const heard: unknown[] = [];
  const invoke = async (event: unknown) => void heard.push(event);
  const { onFunction: resourcePolicy = [] } = given;
  const deployment: Deployment = {
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: { Hear: { invoke, environment: {}, statements: [], timeoutSeconds: 5, resourcePolicy } },
    stateMachines: { hear: { definition: PASS, statements: [] } },
    topics: { news: { policy: given.onTopic ?? [] } },
    queues: { letters: { policy: given.onQueue ?? [letting('sqs:SendMessage', QUEUE)] } },
    roles: { [ROLE]: given.role ?? deliveringRole('states:StartExecution') },
    rules: {
      told: {
        eventPattern: { source: ['test'] },
        targets: [{ arn: MACHINE, deadLetterQueueArn: QUEUE, ...target }],
      },
    },
  };
  aws.deploy(deployment);
  const entry = { Source: 'test', DetailType: 'It happened', Detail: '{"what":"this"}' };
  await new EventBridgeClient(config()).send(new PutEventsCommand({ Entries: [entry] }));
  await clock.run(() => clock.pause(60_000));
  const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/letters`;
  const asked = { QueueUrl, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await new SQSClient(config()).send(new ReceiveMessageCommand(asked));
  const started = [...aws.stepFunctions.world.executions.values()].map(({ inputText }) => JSON.parse(inputText));
  const published = aws.sns.messages.map(({ message }) => message);
  const attributes = Object.entries(Messages[0]?.MessageAttributes ?? {});
  const why = Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue]));
  return { aws, started, heard, published, letters: Messages.map(({ Body = '' }) => JSON.parse(Body)), why };
}

const EVENT = { source: 'test', 'detail-type': 'It happened', detail: { what: 'this' } };

describe('a state machine', () => {
  test('is started by the role of the target', async () => {
    const { started, letters } = await told({ arn: MACHINE, roleArn: ROLE });
    expect(started).toMatchObject([EVENT]);
    expect(letters).toEqual([]);
  });

  test.each<[string, RoleDefinition, object]>([
    [
      'whose role may not start it',
      deliveringRole('states:DescribeExecution'),
      {
        ERROR_CODE: 'NO_PERMISSIONS',
        ERROR_MESSAGE: expect.stringContaining(`states:StartExecution on resource: ${MACHINE}`),
      },
    ],
    [
      'whose role EventBridge may not become',
      { ...deliveringRole('states:*'), trust: [] },
      { ERROR_CODE: 'FAILED_TO_ASSUME_ROLE' },
    ],
  ])('%s leaves a dead letter', async (_why, role, expected) => {
    const { started, letters, why } = await told({ arn: MACHINE, roleArn: ROLE }, { role });
    expect(started).toEqual([]);
    expect(letters).toMatchObject([EVENT]);
    expect(why).toMatchObject({ RULE_ARN: RULE, TARGET_ARN: MACHINE, RETRY_ATTEMPTS: '0', ...expected });
    expect(why).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  test('takes a constant instead of the event', async () => {
    const { started } = await told({ arn: MACHINE, roleArn: ROLE, input: '{"schemaVersion":1}' });
    expect(started).toEqual([{ schemaVersion: 1 }]);
  });

  test('takes what a transformer makes of the event', async () => {
    const inputTransformer = { paths: { what: '$.detail.what' }, template: '{"found":<what>}' };
    const { started } = await told({ arn: MACHINE, roleArn: ROLE, inputTransformer });
    expect(started).toEqual([{ found: 'this' }]);
  });

  test('refuses what is no JSON, once and for all', async () => {
    const inputTransformer = { paths: {}, template: 'plain words' };
    const { started, why } = await told({ arn: MACHINE, roleArn: ROLE, inputTransformer });
    expect(started).toEqual([]);
    expect(why).toMatchObject({ ERROR_CODE: 'INVALID_JSON', RETRY_ATTEMPTS: '0' });
  });
});

describe('a function', () => {
  const policies: [string, readonly ResourcePolicyStatement[], number][] = [
    ['that lets the rule in hears of it', [letting('lambda:InvokeFunction', FUNCTION)], 1],
    ['that lets another rule in does not', [letting('lambda:InvokeFunction', FUNCTION, `${RULE}2`)], 0],
    ['that lets nobody in does not', [], 0],
  ];
  test.each(policies)('%s', async (_which, onFunction, count) => {
    const { heard, letters, why } = await told({ arn: FUNCTION }, { onFunction });
    expect(heard).toHaveLength(count);
    expect(letters).toHaveLength(1 - count);
    expect(why['ERROR_CODE']).toBe(count === 0 ? 'NO_PERMISSIONS' : undefined);
  });
});

test('a function is not asked again with what is no JSON', async () => {
  const inputTransformer = { paths: {}, template: 'plain words' };
  const onFunction = [letting('lambda:InvokeFunction', FUNCTION)];
  const { heard, why } = await told({ arn: FUNCTION, inputTransformer }, { onFunction });
  expect(heard).toEqual([]);
  expect(why).toMatchObject({ ERROR_CODE: 'INVALID_JSON', RETRY_ATTEMPTS: '0' });
});

describe('a topic', () => {
  test('gets the event where its policy lets the rule in', async () => {
    const { published, aws } = await told({ arn: TOPIC }, { onTopic: [PUBLISHING] });
    expect(published.map((text) => JSON.parse(text))).toMatchObject([EVENT]);
    expect(aws.permissions.used).toContainEqual({
      principal: 'events.amazonaws.com',
      policy: TOPIC,
      statement: 0,
      action: 'sns:Publish',
      resource: TOPIC,
      conditionKeys: [],
    });
  });

  test('gets a text, which need not be JSON', async () => {
    const inputTransformer = { paths: { what: '$.detail.what' }, template: '"first: <what>"\n"second"' };
    const { published } = await told({ arn: TOPIC, inputTransformer }, { onTopic: [PUBLISHING] });
    expect(published).toEqual(['"first: this"\n"second"']);
  });

  test.each([
    ['nobody', []],
    ['a rule by its ARN, which EventBridge may not tell it', [letting('sns:Publish', TOPIC)]],
  ])('gets nothing where it lets in %s', async (_who, onTopic) => {
    const { published, why } = await told({ arn: TOPIC }, { onTopic });
    expect(published).toEqual([]);
    expect(why).toMatchObject({ TARGET_ARN: TOPIC, ERROR_CODE: 'NO_PERMISSIONS' });
  });
});

test('a queue that does not let the rule in gets no letter, and the event is lost', async () => {
  const onQueue = [letting('sqs:SendMessage', QUEUE, `${RULE}2`)];
  const { letters, aws } = await told({ arn: FUNCTION }, { onQueue });
  expect(letters).toEqual([]);
  expect(aws.events.deadLetters).toHaveLength(1);
});

test('retries that come to their end say which limit it was', async () => {
  const { aws, clock } = localWorld();
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: {},
    stateMachines: { hear: { definition: PASS, statements: [] } },
    queues: { letters: { policy: [letting('sqs:SendMessage', QUEUE)] } },
    roles: { [ROLE]: deliveringRole('states:StartExecution') },
    rules: {
      told: {
        eventPattern: { source: ['test'] },
        targets: [{ arn: MACHINE, roleArn: ROLE, deadLetterQueueArn: QUEUE, maximumRetryAttempts: 2 }],
      },
    },
  });
  const { machines } = aws.stepFunctions.world;
  Object.assign(machines, {
    get: () => {
      throw new Error('connection refused');
    },
  });
  const event = { version: '0', id: '1', time: '', resources: [], detail: {} } as const;
  aws.events.publish({ ...event, 'detail-type': 'It', source: 'test', account: ACCOUNT, region: 'us-east-1' });
  await clock.run(() => clock.pause(60_000));
  const [letter] = aws.sqs.messagesIn(QUEUE);
  expect(letter?.attributes).toMatchObject({
    ERROR_CODE: { StringValue: 'ERROR_FROM_TARGET' },
    RETRY_ATTEMPTS: { StringValue: '2' },
    EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
  });
});

test('the end of an execution reaches a rule as well', async () => {
  const rule = {
    eventPattern: { source: ['aws.states'], detail: { status: ['SUCCEEDED'], stateMachineArn: [MACHINE] } },
    targets: [{ arn: TOPIC }],
  };
  const { aws, clock, config } = localWorld();
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: {},
    stateMachines: { hear: { definition: PASS, statements: [] } },
    topics: { news: { policy: [PUBLISHING] } },
    rules: { told: rule },
  });
  await new SFNClient(config()).send(new StartExecutionCommand({ stateMachineArn: MACHINE }));
  await clock.run(() => clock.pause(10_000));
  expect(aws.sns.messages.map(({ message }) => JSON.parse(message).detail.status)).toEqual(['SUCCEEDED']);
});
