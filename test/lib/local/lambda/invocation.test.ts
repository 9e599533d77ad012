import { describe, expect, test } from 'vitest';
import type { FunctionDefinition } from '../../../../lib/local/deployment.ts';
import { createEntry, functionArn, lambdaWorld, listClusters, START } from './lambda-world.ts';
import { allowing } from '../allowing.ts';

const listsWith = (actions: string[]): FunctionDefinition => ({
  invoke: (_event, _context, runtime) => listClusters(runtime),
  environment: {},
  statements: allowing(...actions),
  timeoutSeconds: 3,
});

describe('a function', () => {
  test('gets its event as JSON, and its result goes out as JSON', async () => {
    const { run } = lambdaWorld({
      echo: async (event) => ({ event, at: new Date(START), nothing: undefined }),
    });
    const { payload, error } = await run('echo', { date: new Date(START), skipped: undefined });
    const date = '2026-11-24T05:30:00.000Z';
    expect(payload).toEqual({ event: { date }, at: date });
    expect(error).toBeUndefined();
  });

  test('that returns nothing answers null', async () => {
    const { run } = lambdaWorld({ mute: async () => undefined });
    expect((await run('mute')).payload).toBeNull();
  });

  test('cannot reach back into the event of its caller', async () => {
    const { run } = lambdaWorld({ spoil: async (list) => Array.isArray(list) && list.push('spoilt') });
    const event: string[] = [];
    expect((await run('spoil', event)).payload).toBe(1);
    expect(event).toEqual([]);
  });

  test('is told who it is, and how much time is left', async () => {
    const { run } = lambdaWorld({
      tell: async (_event, context, { clock }) => {
        await clock.pause(10_000);
        return { ...context, left: context.getRemainingTimeInMillis() };
      },
    });
    const { payload, requestId } = await run('tell');
    expect(payload).toEqual({
      functionName: 'tell',
      awsRequestId: requestId,
      invokedFunctionArn: functionArn('tell'),
      left: 20_000,
    });
  });

  test("finds its environment, and a key of its own role's", async () => {
    const { run, aws } = lambdaWorld({
      tell: {
        invoke: async (_event, _context, { env }) => env,
        environment: { MODE: 'report', AWS_REGION: 'moon-1' },
        statements: [],
        timeoutSeconds: 3,
      },
    });
    const { payload } = await run('tell');
    expect(payload).toMatchObject({ MODE: 'report', AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'tell' });
    const [key = ''] = /ASIA[A-Z0-9]+/.exec(JSON.stringify(payload)) ?? [];
    expect(aws.credentials.holderOf(key)).toMatchObject({
      arn: 'arn:aws:iam::111122223333:role/eks-rebind/tell',
      sessionName: 'tell',
    });
  });

  test('may call what its actions allow, and nothing else', async () => {
    const { run } = lambdaWorld({ may: listsWith(['eks:ListClusters']), mayNot: listsWith(['eks:DescribeCluster']) });
    expect((await run('may')).payload).toMatchObject({ clusters: ['prod'] });
    const refused = await run('mayNot');
    expect(refused.error?.name).toBe('AccessDeniedException');
    expect(refused.error?.cause).toContain('is not authorized to perform: eks:ListClusters');
  });

  test("writes its log lines to the local AWS's sink", async () => {
    const { run, lines } = lambdaWorld({ log: async (_event, _context, { write }) => write('one line') });
    expect((await run('log')).log).toEqual(['one line']);
    expect(lines).toEqual(['one line']);
  });

  test('can be invoked by name and by ARN, and is refused if it is not there', async () => {
    const { run } = lambdaWorld({ here: async () => 'yes' });
    expect((await run(functionArn('here'))).payload).toBe('yes');
    await expect(run('nowhere')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('an error', () => {
  class TooHot extends Error {
    override readonly name = 'TooHot';
  }

  test('is told by name, message and trace, and named so to Step Functions', async () => {
    const { run } = lambdaWorld({ fail: () => Promise.reject(new TooHot('it burns')) });
    const { payload, error } = await run('fail');
    expect(payload).toMatchObject({ errorType: 'TooHot', errorMessage: 'it burns', trace: expect.any(Array) });
    expect(error).toEqual({ name: 'TooHot', cause: JSON.stringify(payload) });
  });

  test('that is no Error is told by its kind', async () => {
    const { run } = lambdaWorld({
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what careless code does
      fail: () => Promise.reject('a text'),
    });
    expect((await run('fail')).payload).toEqual({ errorType: 'string', errorMessage: 'a text', trace: [] });
  });

  test('of more than 6 MB of result has a name of its own', async () => {
    const { run } = lambdaWorld({ big: async () => 'x'.repeat(6_291_556) });
    expect((await run('big')).error?.name).toBe('Function.ResponseSizeTooLarge');
  });

  test('of a hook fails the call that invoked the function', async () => {
    const { run, aws } = lambdaWorld({ here: async () => 'yes' });
    const stop = aws.lambda.beforeInvoke(() => {
      throw new TooHot('not now');
    });
    await expect(run('here')).rejects.toThrow('not now');
    stop();
    expect((await run('here')).payload).toBe('yes');
  });
});

test('a hook sees each invocation, and can give it another world', async () => {
  const { run, aws } = lambdaWorld({ tell: async (_event, _context, { env }) => env['WHO'] });
  const seen: unknown[] = [];
  aws.lambda.beforeInvoke(({ functionName, event, runtime }) => {
    seen.push([functionName, event]);
    return { env: { ...runtime.env, WHO: 'a test' } };
  });
  expect((await run('tell', { a: 1 })).payload).toBe('a test');
  expect(seen).toEqual([['tell', { a: 1 }]]);
});

const pausing = (timeoutSeconds: number): FunctionDefinition => ({
  invoke: (_event, _context, runtime) => runtime.clock.pause(5_000),
  environment: {},
  statements: [],
  timeoutSeconds,
});

describe('a time-out', () => {
  test('ends an invocation that waits too long, to the millisecond', async () => {
    const { run, clock } = lambdaWorld({ slow: async (_event, _context, runtime) => runtime.clock.pause(30_001) });
    const { payload, error, requestId } = await run('slow');
    expect(clock.now() - START).toBe(30_000);
    expect(error?.name).toBe('Sandbox.Timedout');
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after 30.00 seconds`;
    expect(payload).toEqual({ errorType: 'Sandbox.Timedout', errorMessage });
  });

  test('spares one that ends in time', async () => {
    const { run } = lambdaWorld({ slow: async (_event, _context, { clock }) => clock.pause(29_999) });
    expect((await run('slow')).error).toBeUndefined();
  });

  test('ends one whose call takes too long, and keeps its code from going on', async () => {
    const { run, aws, entries, wait } = lambdaWorld({
      slow: async (_event, _context, runtime) => {
        await createEntry(runtime, 1);
        await createEntry(runtime, 2);
      },
    });
    aws.faults.inject({ operation: 'CreateAccessEntry', times: 1, effect: { kind: 'slow', milliseconds: 60_000 } });
    expect((await run('slow')).error?.name).toBe('Sandbox.Timedout');
    await wait(120_000);
    expect(entries()).toEqual(['1']);
  });

  test('comes in time, though another invocation is watched for longer', async () => {
    const { clock, aws } = lambdaWorld({ long: pausing(30), short: pausing(0.25) });
    await clock.run(async () => {
      const long = aws.lambda.invoke('long', {});
      await aws.lambda.invoke('short', {});
      expect(clock.now() - START).toBe(250);
      expect((await long).error).toBeUndefined();
    });
  });

  test('of one invocation leaves another alone', async () => {
    const { clock, aws } = lambdaWorld({
      waits: async (event, _context, runtime) => runtime.clock.pause(Number(event)),
    });
    const results = await clock.run(() =>
      Promise.all([40_000, 5_000, 20_000].map((wait) => aws.lambda.invoke('waits', wait))),
    );
    expect(results.map(({ error }) => error?.name)).toEqual(['Sandbox.Timedout', undefined, undefined]);
  });
});
