import { describe, expect, test } from 'vitest';
import { ACCOUNT, adapterWorld } from './adapter-world.ts';
import { allowing } from '../local/allowing.ts';

const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:asks`;

/** An execution that waits an hour for an answer with a token, and says how it ended. */
async function waitingWorld() {
  const { aws, clock, port, run } = adapterWorld('taskTokens');
  const ask = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'Ask', Payload: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 3600,
    End: true,
  };
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Ask', States: { Ask: ask } });
  let token = '';
  const invoke = async (event: unknown) => void (token = String(event));
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: { Ask: { invoke, environment: {}, statements: [], timeoutSeconds: 10 } },
    stateMachines: { asks: { definition, statements: allowing('lambda:InvokeFunction') } },
    rules: {},
  });
  const executionArn = aws.stepFunctions.startExecution(MACHINE, '{}');
  const wait = (seconds: number) => run(() => clock.pause(seconds * 1000));
  await wait(1);
  expect(token).not.toBe('');
  return { aws, port, run, wait, token, ended: () => aws.stepFunctions.world.executions.get(executionArn) };
}

test('an answer ends the wait, and is what the task answers', async () => {
  const { port, run, wait, token, ended } = await waitingWorld();
  await expect(run(() => port.succeed(token, { answer: 'approved' }))).resolves.toBe('sent');
  await wait(1);
  expect(ended()).toMatchObject({ status: 'SUCCEEDED', outputText: '{"answer":"approved"}' });
});

describe('it is too late', () => {
  test('for a second answer', async () => {
    const { port, run, token } = await waitingWorld();
    await run(() => port.succeed(token, {}));
    await expect(run(() => port.succeed(token, {}))).resolves.toBe('too-late');
  });

  test('after the hour', async () => {
    const { port, run, wait, token } = await waitingWorld();
    await wait(3601);
    await expect(run(() => port.succeed(token, {}))).resolves.toBe('too-late');
  });

  // When AWS says this and when TaskTimedOut, its documents leave open; the local AWS never says it of itself.
  test('for a task that AWS has forgotten', async () => {
    const { aws, port, run, token } = await waitingWorld();
    const fault = { kind: 'fault', name: 'TaskDoesNotExist', message: 'Task does not exist' } as const;
    aws.faults.inject({ operation: 'SendTaskSuccess', effect: fault });
    await expect(run(() => port.succeed(token, {}))).resolves.toBe('too-late');
  });

  test('with a token that never was one', async () => {
    const { port, run } = await waitingWorld();
    await expect(run(() => port.succeed('nobody-s-token', {}))).resolves.toBe('too-late');
  });
});
