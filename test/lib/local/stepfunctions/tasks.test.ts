import { describe, expect, test } from 'vitest';
import { AwsFault } from '../../../../lib/local/call.ts';
import { IntegrationFailure } from '../../../../lib/local/stepfunctions/service-failure.ts';
import type { IntegrationCall } from '../../../../lib/local/stepfunctions/world.ts';
import { functionArn, machineWorld, named, ROLE_ARN, START, task } from './machine-world.ts';

const invoke = (others: object) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...others });

const publish = (others: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sns:publish',
  End: true,
  ...others,
});

describe('a Task that names a function', () => {
  test('runs it with its arguments, and leaves its events', async () => {
    const { run } = machineWorld({ functions: { double: (event) => Number(event) * 2 } });
    const { output, events } = await run(
      {
        T: task('double', { Arguments: '{% $states.input.n %}', Output: '{% [$states.result] %}', End: true }),
      },
      { n: 21 },
    );
    expect(output).toEqual([42]);
    expect(events.slice(2, 5)).toEqual([
      {
        id: 3,
        previousEventId: 2,
        timestamp: new Date(START),
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: {
          resource: functionArn('double'),
          input: '21',
          inputDetails: { truncated: false },
        },
      },
      { id: 4, previousEventId: 3, timestamp: new Date(START), type: 'LambdaFunctionStarted' },
      {
        id: 5,
        previousEventId: 4,
        timestamp: new Date(START),
        type: 'LambdaFunctionSucceeded',
        lambdaFunctionSucceededEventDetails: { output: '42', outputDetails: { truncated: false } },
      },
    ]);
  });

  test('fails with the name of what it threw', async () => {
    const { run } = machineWorld({
      functions: {
        f: () => {
          throw named('ClusterNotReady', 'not yet');
        },
      },
    });
    const { error, cause, types } = await run({ T: task('f') });
    expect(error).toBe('ClusterNotReady');
    expect(JSON.parse(cause ?? '')).toEqual({ errorType: 'ClusterNotReady', errorMessage: 'not yet', trace: [] });
    expect(types.slice(-2)).toEqual(['LambdaFunctionFailed', 'ExecutionFailed']);
  });

  test.each([
    ['TooManyRequestsException', 'Lambda.TooManyRequestsException', 429],
    ['ServiceException', 'Lambda.ServiceException', 500],
    ['ResourceNotFoundException', 'Lambda.ResourceNotFoundException', 404],
  ])('fails with Lambda’s own %s as %s', async (name, error, status) => {
    const { run } = machineWorld({
      functions: {
        f: () => {
          throw new AwsFault(name, 'no');
        },
      },
    });
    const result = await run({ T: task('f') });
    expect(result.error).toBe(error);
    expect(result.cause).toMatch(
      new RegExp(
        `^no \\(Service: AWSLambda; Status Code: ${status}; Error Code: ${name}; Request ID: .*; Proxy: null\\)$`,
      ),
    );
  });

  test('times out', async () => {
    const { run, clock } = machineWorld({ functions: { slow: () => clock.pause(60_000) } });
    const { error, cause, events, seconds } = await run({ T: task('slow', { TimeoutSeconds: 5, End: true }) });
    expect({ error, cause, seconds }).toEqual({ error: 'States.Timeout', cause: undefined, seconds: 5 });
    expect(events[4]).toMatchObject({
      type: 'LambdaFunctionTimedOut',
      lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  test('fails loudly, with its stack, where the local AWS itself is at fault', async () => {
    const { run } = machineWorld({
      integrations: { 'sns:publish': () => Promise.reject(new TypeError('a bug')) },
    });
    const { status, error, cause } = await run({
      T: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true },
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
    expect(cause).toContain('The local AWS failed inside of an execution: TypeError: a bug');
  });
});

describe('lambda:invoke', () => {
  test('answers as the SDK does', async () => {
    const { run } = machineWorld({ functions: { echo: (event) => event } });
    const { output, events } = await run({ T: invoke({ Arguments: { FunctionName: 'echo', Payload: { a: 1 } } }) });
    expect(output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { a: 1 },
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StatusCode: 200,
    });
    expect(events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"echo","Payload":{"a":1}}',
    });
  });

  test('refuses by name, at run time, arguments that an expression gave', async () => {
    const { run } = machineWorld({ functions: { echo: (event) => event } });
    const states = { T: invoke({ Arguments: '{% {"FunctionName": "echo", "LogType": "Tail"} %}' }) };
    const { error, cause } = await run(states);
    expect(error).toBe('States.Runtime');
    expect(cause).toBe("The arguments of lambda:invoke are not supported: there is no 'LogType'");
  });
});

describe('another service', () => {
  test('is told who calls and with what', async () => {
    const calls: IntegrationCall[] = [];
    const { run } = machineWorld({
      integrations: {
        'sns:publish': async (call) => {
          calls.push(call);
          return { output: { MessageId: 'm' } };
        },
      },
    });
    const { output, executionArn } = await run(
      { T: publish({ Arguments: { Message: '{% $states.input %}' } }) },
      'hello',
    );
    expect(output).toEqual({ MessageId: 'm' });
    expect(calls).toEqual([
      {
        name: 'sns:publish',
        pattern: 'request-response',
        arguments: { Message: 'hello' },
        region: 'us-east-1',
        accountId: '111122223333',
        partition: 'aws',
        roleArn: ROLE_ARN,
        executionArn,
        stateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:m1',
        stateName: 'T',
        whenCalledOff: expect.any(Function),
      },
    ]);
  });

  test('may fail as it likes, or with its own fault', async () => {
    const faults = [new IntegrationFailure('My.Error', 'why'), new AwsFault('NotFound', 'no such topic')];
    const { run } = machineWorld({ integrations: { 'sns:publish': () => Promise.reject(faults.shift()) } });
    const first = await run({ T: publish() });
    expect([first.error, first.cause, first.types.at(-2)]).toEqual(['My.Error', 'why', 'TaskFailed']);
    const second = await run({ T: publish() });
    expect(second.error).toBe('SNS.NotFoundException');
    expect(second.cause).toMatch(/^no such topic \(Service: AmazonSNS; Status Code: 400; Error Code: NotFound; /);
  });

  test('that refuses the call of a job leaves TaskSubmitFailed', async () => {
    const { run } = machineWorld({
      integrations: { 'glue:startJobRun': () => Promise.reject(new AwsFault('X', 'no')) },
    });
    const { types, error } = await run({
      T: { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', End: true },
    });
    expect(error).toBe('Glue.XException');
    expect(types.slice(-2)).toEqual(['TaskSubmitFailed', 'ExecutionFailed']);
  });

  test('is told when nobody waits for its job any more', async () => {
    const calledOff: string[] = [];
    const { run } = machineWorld({
      integrations: {
        'glue:startJobRun': async ({ whenCalledOff, stateName }) => {
          whenCalledOff(() => calledOff.push(stateName));
          return { output: {}, completion: new Promise(() => {}) };
        },
      },
    });
    const job = { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', TimeoutSeconds: 5, End: true };
    expect((await run({ T: job })).error).toBe('States.Timeout');
    expect(calledOff).toEqual(['T']);
  });

  test('runs under the role that Credentials names', async () => {
    const roles: string[] = [];
    const { run } = machineWorld({
      integrations: {
        'sns:publish': async ({ roleArn }) => {
          roles.push(roleArn);
          return { output: {} };
        },
      },
    });
    const { events } = await run({ T: publish({ Credentials: { RoleArn: '{% $states.input %}' } }) }, 'arn:other');
    expect(roles).toEqual(['arn:other']);
    expect(events[2]?.taskScheduledEventDetails?.taskCredentials).toEqual({ roleArn: 'arn:other' });
  });
});
