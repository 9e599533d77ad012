import { describe, expect, test } from 'vitest';
import { isObject, isString, type Json } from '../../../../lib/local/stepfunctions/json.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from '../../../../lib/local/stepfunctions/send-task.ts';
import { machine, machineWorld } from './machine-world.ts';

const approval = (others: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
  End: true,
  ...others,
});

/** A world with a machine that asks, and the tokens it has given out. */
function askingWorld(others: object = {}) {
  const tokens: string[] = [];
  const world = machineWorld({
    functions: {
      ask: (event: Json) => {
        const token = isObject(event) ? event['token'] : undefined;
        if (isString(token)) tokens.push(token);
        return 'asked';
      },
    },
  });
  const executionArn = world.start(world.create(machine({ A: approval(others) })));
  const token = () => tokens.at(-1) ?? '';
  return { ...world, executionArn, token };
}

describe('a Task that waits for its token', () => {
  test('goes on with what SendTaskSuccess gives, days later', async () => {
    const { wait, world, executionArn, token, result, history } = askingWorld();
    await wait(3 * 24 * 3600);
    expect(result(executionArn).status).toBe('RUNNING');
    sendTaskSuccess({ taskToken: token(), output: '{"approved":true}' }, world);
    await wait(0);
    expect(result(executionArn).output).toEqual({ approved: true });
    const scheduled = history(executionArn).find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails;
    expect(JSON.parse(scheduled?.parameters ?? '')).toEqual({ FunctionName: 'ask', Payload: { token: token() } });
    expect(history(executionArn).map(({ type }) => type)).toContain('TaskSubmitted');
  });

  test('fails with what SendTaskFailure gives', async () => {
    const { wait, world, executionArn, token, result } = askingWorld();
    await wait(1);
    sendTaskFailure({ taskToken: token(), error: 'Denied', cause: 'no' }, world);
    await wait(0);
    expect(result(executionArn)).toMatchObject({ status: 'FAILED', error: 'Denied', cause: 'no' });
  });

  test('may be answered while its function still runs', async () => {
    const answering = machineWorld({
      functions: {
        ask: async (event) => {
          const taskToken = isObject(event) && isString(event['token']) ? event['token'] : '';
          sendTaskSuccess({ taskToken, output: '1' }, answering.world);
          await answering.clock.pause(1000);
        },
      },
    });
    const states = { A: approval({ End: undefined, Next: 'W' }), W: { Type: 'Wait', Seconds: 5, End: true } };
    const { output, types } = await answering.run(states);
    expect(output).toBe(1);
    expect(types).not.toContain('TaskSubmitted');
  });

  test('needs a heartbeat in time, each of which begins the time anew', async () => {
    const { wait, world, executionArn, token, result, history } = askingWorld({ HeartbeatSeconds: 60 });
    for (let minute = 0; minute < 3; minute++) {
      await wait(50);
      sendTaskHeartbeat({ taskToken: token() }, world);
    }
    await wait(59);
    expect(result(executionArn).status).toBe('RUNNING');
    await wait(2);
    expect(result(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
    expect(history(executionArn).map(({ type }) => type)).toContain('TaskTimedOut');
  });

  test('may be caught as States.HeartbeatTimeout', async () => {
    const { run } = machineWorld({ functions: { ask: () => null } });
    const others = { HeartbeatSeconds: 5, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'E' }] };
    const { status, output } = await run({ A: approval(others), E: { Type: 'Pass', Output: 'caught', End: true } });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: 'caught' });
  });

  test('times out', async () => {
    const { run } = machineWorld({ functions: { ask: () => null } });
    const { error, seconds } = await run({ A: approval({ TimeoutSeconds: 3600 }) });
    expect({ error, seconds }).toEqual({ error: 'States.Timeout', seconds: 3600 });
  });

  test('has another token at each attempt', async () => {
    const tokens: Json[] = [];
    const { run } = machineWorld({ functions: { ask: (event) => tokens.push(event) } });
    await run({ A: approval({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] }) });
    expect(new Set(tokens.map((token) => JSON.stringify(token))).size).toBe(2);
  });
});

const refusal = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('a token', () => {
  test('is good for one answer', async () => {
    const { wait, world, token } = askingWorld();
    await wait(1);
    sendTaskSuccess({ taskToken: token(), output: '1' }, world);
    for (const again of [
      () => sendTaskSuccess({ taskToken: token(), output: '2' }, world),
      () => sendTaskFailure({ taskToken: token() }, world),
      () => sendTaskHeartbeat({ taskToken: token() }, world),
    ]) {
      expect(refusal(again)).toMatchObject({
        name: 'TaskTimedOut',
        message: "Task Timed Out: 'Provided task does not exist anymore'",
      });
    }
  });

  test('that nobody gave out is invalid', () => {
    const { world } = askingWorld();
    const error = refusal(() => sendTaskSuccess({ taskToken: 'made up', output: '1' }, world));
    expect(error).toMatchObject({ name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" });
  });

  test('takes JSON only', async () => {
    const { wait, world, token } = askingWorld();
    await wait(1);
    const error = refusal(() => sendTaskSuccess({ taskToken: token(), output: 'yes' }, world));
    expect(error).toMatchObject({
      name: 'InvalidOutput',
      message: expect.stringMatching(/^Invalid Output: 'Unrecognized token 'yes'/),
    });
  });
});
