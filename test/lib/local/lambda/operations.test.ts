import {
  GetFunctionCommand,
  InvokeCommand,
  type InvokeCommandInput,
  ListFunctionsCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { createEntry, functionArn, lambdaWorld, REGION, START } from './lambda-world.ts';

function world(functions: Parameters<typeof lambdaWorld>[0] = { echo: async (event) => event }) {
  const made = lambdaWorld(functions);
  const { clock, client } = made;
  return {
    ...made,
    invoke: async (FunctionName: string, payload?: string, input: Partial<InvokeCommandInput> = {}) => {
      const given = { FunctionName, ...(payload !== undefined && { Payload: Buffer.from(payload) }), ...input };
      const answer = await clock.run(() => client.send(new InvokeCommand(given)));
      return { ...answer, text: answer.Payload?.transformToString() };
    },
  };
}

describe('Invoke', () => {
  test('answers what the function returned', async () => {
    const { invoke } = world();
    const answer = await invoke('echo', '{"a":1}');
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', text: '{"a":1}' });
    expect(answer.FunctionError).toBeUndefined();
    expect((await invoke('echo')).text).toBe('{}');
  });

  test('finds a function by name, ARN, and account and name, and in its one version', async () => {
    const { invoke } = world();
    for (const name of ['echo', functionArn('echo'), '111122223333:function:echo', 'echo:$LATEST']) {
      expect((await invoke(name, '1')).text).toBe('1');
    }
  });

  test("says that a function failed, in Lambda's words", async () => {
    const { invoke } = world({ fail: () => Promise.reject(new RangeError('too far')) });
    const { StatusCode, FunctionError, text = '' } = await invoke('fail');
    expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(text)).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  test('lets time pass for the function it waits for', async () => {
    const { invoke, clock } = world({ slow: async (_event, _context, runtime) => runtime.clock.pause(20_000) });
    await invoke('slow');
    expect(clock.now() - START).toBe(20_000);
  });

  test('brings the end of the log, if asked for', async () => {
    const { invoke } = world({ log: async (_event, _context, { write }) => write('a line') });
    const { LogResult = '' } = await invoke('log', '{}', { LogType: 'Tail' });
    expect(Buffer.from(LogResult, 'base64').toString()).toBe('a line\n');
    expect((await invoke('log')).LogResult).toBeUndefined();
  });

  test('of type DryRun runs nothing', async () => {
    const { invoke, entries } = world({ make: (_event, _context, runtime) => createEntry(runtime, 1) });
    expect(await invoke('make', '{}', { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
    expect(entries()).toEqual([]);
  });

  test('of type Event answers at once, and tries twice more after a minute and two', async () => {
    const started: number[] = [];
    const { invoke, wait, clock } = world({
      fail: async (_event, _context, runtime) => {
        started.push(runtime.clock.now() - START);
        throw new Error('never');
      },
    });
    expect(await invoke('fail', '{}', { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
    expect(clock.now()).toBe(START);
    await wait(600_000);
    expect(started).toEqual([0, 60_000, 180_000]);
  });

  test.each([
    [
      'a function that is not there',
      'nope',
      '{}',
      {},
      'ResourceNotFoundException',
      `Function not found: ${functionArn('nope')}`,
    ],
    [
      'a version that is not there',
      'echo',
      '{}',
      { Qualifier: '7' },
      'ResourceNotFoundException',
      `Function not found: ${functionArn('echo')}:7`,
    ],
    [
      'an event that is no JSON',
      'echo',
      'Hello World',
      {},
      'InvalidRequestContentException',
      expect.stringMatching(/^Could not parse request body into json: Could not parse payload into json: /),
    ],
  ])('refuses %s', async (_, name, payload, input, errorName, message) => {
    const { invoke } = world();
    await expect(invoke(name, payload, input)).rejects.toMatchObject({ name: errorName, message });
  });

  test('refuses an event of more than 6 MB', async () => {
    const { aws, credentials } = world();
    // Straight to the operation: a client takes seconds to sign this much.
    const caller = aws.credentials.callerOf(credentials.accessKeyId);
    const call = {
      service: 'lambda',
      operation: 'Invoke',
      requestId: '1',
      region: REGION,
      caller,
      userAgent: '',
      now: START,
    };
    const input = { FunctionName: 'echo', Payload: new Uint8Array(6_291_457) };
    await expect(aws.lambda.service.operations['Invoke']?.(input, call)).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    });
  });

  test('says what it does not emulate', async () => {
    const { invoke } = world();
    await expect(invoke('echo', '{}', { ClientContext: 'e30=' })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('refuses a type that is none', async () => {
    const { invoke } = world();
    // @ts-expect-error -- a type that is none
    await expect(invoke('echo', '{}', { InvocationType: 'Later' })).rejects.toMatchObject({
      message: expect.stringContaining("Value 'Later' at 'invocationType' failed to satisfy constraint"),
    });
  });
});

test('GetFunction shows a function, and refuses one that is not there', async () => {
  const { client } = world({
    tell: { invoke: async () => 1, environment: { MODE: 'ask' }, statements: [], timeoutSeconds: 7 },
  });
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'tell' }));
  expect(Configuration).toMatchObject({
    FunctionName: 'tell',
    FunctionArn: functionArn('tell'),
    Role: 'arn:aws:iam::111122223333:role/eks-rebind/tell',
    Timeout: 7,
    Environment: { Variables: { MODE: 'ask' } },
    State: 'Active',
  });
  await expect(client.send(new GetFunctionCommand({ FunctionName: 'nope' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${functionArn('nope')}`,
  });
});

test('ListFunctions lists functions by name, in pages', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `f-${String(index).padStart(2, '0')}`);
  const { client } = world(Object.fromEntries(names.toReversed().map((name) => [name, async () => 1])));
  const pages: (string | undefined)[][] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    pages.push(Functions.map(({ FunctionName }) => FunctionName));
  }
  expect(pages).toEqual([names.slice(0, 50), names.slice(50)]);
  const { Functions } = await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
  expect(Functions).toHaveLength(1);
});
