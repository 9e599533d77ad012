import { describe, expect, test } from 'vitest';
import { describeExecution } from '../../../../lib/local/stepfunctions/describe-execution.ts';
import { isObject, type Json } from '../../../../lib/local/stepfunctions/json.ts';
import { redriveExecution } from '../../../../lib/local/stepfunctions/redrive-execution.ts';
import { stopExecution } from '../../../../lib/local/stepfunctions/stop-execution.ts';
import { machine, machineWorld, named, task } from './machine-world.ts';

/** A world whose function `f` fails for some events until it is mended, and tells what it was called with. */
function breakingWorld(breaksFor: (event: Json) => boolean = () => true) {
  const calls: Json[] = [];
  const state = { broken: true };
  const world = machineWorld({
    functions: {
      f: (event) => {
        calls.push(event);
        if (state.broken && breaksFor(event)) throw named('Outage');
        return { done: event };
      },
    },
  });
  const redrive = async (executionArn: string, clientToken?: string) => {
    const request = clientToken === undefined ? { executionArn } : { executionArn, clientToken };
    const answer = redriveExecution(request, world.world);
    await world.wait(0);
    return answer;
  };
  return { ...world, calls, mend: () => (state.broken = false), redrive };
}

const call = (name: string, next: object) => task('f', { Arguments: name, ...next });

const refusal = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('a redrive', () => {
  test('takes up at the failed state, with the results and variables of those before it', async () => {
    const { run, calls, mend, redrive, result, history } = breakingWorld((event) => event === 'two');
    const { executionArn, status } = await run({
      One: task('f', { Arguments: 'one', Assign: { v: '{% $states.result.done %}' }, Next: 'Two' }),
      Two: task('f', { Arguments: 'two', Output: '{% [$states.input, $states.result, $v] %}', End: true }),
    });
    expect(status).toBe('FAILED');
    mend();
    await redrive(executionArn);
    expect(result(executionArn).output).toEqual([{ done: 'one' }, { done: 'two' }, 'one']);
    expect(calls).toEqual(['one', 'two', 'two']);
    const tail = history(executionArn)
      .slice(-6)
      .map(({ type }) => type);
    expect(tail).toEqual([
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(history(executionArn).find(({ type }) => type === 'ExecutionRedriven')).toMatchObject({
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
  });

  test('counts retries and time-outs anew', async () => {
    const world = breakingWorld();
    const retrying = task('f', { Retry: [{ ErrorEquals: ['Outage'], MaxAttempts: 2, BackoffRate: 1 }], End: true });
    const { executionArn } = await world.run({ T: retrying }, {}, { TimeoutSeconds: 60 });
    await world.wait(3600);
    redriveExecution({ executionArn }, world.world);
    await world.clock.run(() => world.ended(executionArn));
    expect(world.calls).toHaveLength(6);
    expect(world.result(executionArn).status).toBe('FAILED');
  });

  test('is seen in the context, and in what DescribeExecution answers', async () => {
    const { run, mend, redrive, result, world, wait } = breakingWorld();
    const output = '{% $states.context.Execution.[RedriveCount, RedriveTime] %}';
    const { executionArn } = await run({ T: task('f', { Output: output, End: true }) });
    expect(describeExecution({ executionArn }, world)).toMatchObject({ redriveCount: 0, redriveStatus: 'REDRIVABLE' });
    await wait(1200);
    mend();
    await redrive(executionArn);
    expect(result(executionArn).output).toEqual([1, '2026-11-24T05:50:00.000Z']);
    expect(describeExecution({ executionArn }, world)).toMatchObject({
      redriveCount: 1,
      redriveDate: new Date('2026-11-24T05:50:00Z'),
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(describeExecution({ executionArn }, world)).not.toHaveProperty('error');
  });

  test('of a Map runs only the iterations that failed, were aborted or never began', async () => {
    const { run, calls, mend, redrive, result } = breakingWorld((event) => event === 2);
    const { executionArn } = await run({
      M: {
        Type: 'Map',
        Items: [1, 2, 3],
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'T', States: { T: task('f') } },
        Output: '{% $states.result.done %}',
        End: true,
      },
    });
    mend();
    await redrive(executionArn);
    expect(result(executionArn).output).toEqual([1, 2, 3]);
    expect(calls).toEqual([1, 2, 2, 3]);
  });

  test('of a Parallel runs only the branches that failed or were aborted, each from where it was', async () => {
    const world = breakingWorld((event) => event === 'b');
    const { mend } = world;
    const { executionArn } = await world.run({
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'A', States: { A: call('a', { End: true }) } },
          { StartAt: 'B0', States: { B0: call('b0', { Next: 'B' }), B: call('b', { End: true }) } },
          {
            StartAt: 'C0',
            States: { C0: call('c0', { Next: 'W' }), W: { Type: 'Wait', Seconds: 9, Output: 'c', End: true } },
          },
        ],
        End: true,
      },
    });
    mend();
    await world.redrive(executionArn);
    await world.wait(10);
    expect(world.result(executionArn).output).toEqual([{ done: 'a' }, { done: 'b' }, 'c']);
    expect(world.calls).toEqual(['a', 'b0', 'c0', 'b', 'b']);
  });

  test('of a Map whose result was too large runs all its iterations', async () => {
    const { run, calls, redrive, result } = breakingWorld(() => false);
    const { executionArn, error } = await run({
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: { StartAt: 'T', States: { T: task('f') } },
        Output: '{% $states.context.Execution.RedriveCount = 0 ? $pad("", 300000, "a") : "short" %}',
        End: true,
      },
    });
    expect(error).toBe('States.DataLimitExceeded');
    await redrive(executionArn);
    expect(result(executionArn).output).toBe('short');
    expect(calls).toEqual([1, 2, 1, 2]);
  });

  test('inside of a Map inside of a Parallel goes on with each scope’s own variables', async () => {
    const { run, calls, mend, redrive, result } = breakingWorld((event) => isObject(event) && event['item'] === 'y');
    const { executionArn } = await run({
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Set',
            States: {
              Set: { Type: 'Pass', Assign: { branch: 'b' }, Output: ['x', 'y'], Next: 'M' },
              M: {
                Type: 'Map',
                ItemProcessor: {
                  StartAt: 'Mark',
                  States: {
                    Mark: { Type: 'Pass', Assign: { item: '{% $states.input %}' }, Next: 'T' },
                    T: task('f', { Arguments: { item: '{% $item %}', branch: '{% $branch %}' }, End: true }),
                  },
                },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    });
    mend();
    await redrive(executionArn);
    expect(result(executionArn).output).toEqual([
      [{ done: { item: 'x', branch: 'b' } }, { done: { item: 'y', branch: 'b' } }],
    ]);
    expect(calls).toHaveLength(3);
  });

  test('of a Fail state fails again', async () => {
    const { run, redrive, result, history } = breakingWorld();
    const { executionArn } = await run({ F: { Type: 'Fail', Error: 'No' } });
    await redrive(executionArn);
    expect(result(executionArn)).toMatchObject({ status: 'FAILED', error: 'No' });
    expect(history(executionArn).filter(({ type }) => type === 'FailStateEntered')).toHaveLength(2);
  });

  test('of a stopped Wait waits anew, or goes on where its moment has passed', async () => {
    const { create, start, wait, world, redrive, result } = breakingWorld();
    const seconds = start(create(machine({ W: { Type: 'Wait', Seconds: 60, End: true } })));
    const moment = start(create(machine({ W: { Type: 'Wait', Timestamp: '2026-11-24T05:31:00Z', End: true } })));
    await wait(50);
    for (const executionArn of [seconds, moment]) stopExecution({ executionArn, error: 'Manual' }, world);
    await wait(50);
    for (const executionArn of [seconds, moment]) await redrive(executionArn);
    expect([result(seconds).status, result(moment).status]).toEqual(['RUNNING', 'SUCCEEDED']);
    await wait(59);
    expect(result(seconds).status).toBe('RUNNING');
    await wait(2);
    expect(result(seconds).status).toBe('SUCCEEDED');
  });

  test('of an execution that timed out gives it its whole time again', async () => {
    const { run, redrive, wait, result } = breakingWorld();
    const { executionArn } = await run({ W: { Type: 'Wait', Seconds: 8, End: true } }, {}, { TimeoutSeconds: 5 });
    await redrive(executionArn);
    await wait(4);
    expect(result(executionArn).status).toBe('RUNNING');
    await wait(2);
    expect(result(executionArn).status).toBe('TIMED_OUT');
  });

  test('goes by the definition that the execution started with', async () => {
    const { run, world, mend, redrive, result } = breakingWorld();
    const { executionArn } = await run({ T: task('f', { Output: 'old', End: true }) });
    const [other] = world.machines.values();
    if (other) other.revision = { ...other.revision, definition: { ...other.revision.definition, States: {} } };
    mend();
    await redrive(executionArn);
    expect(result(executionArn).output).toBe('old');
  });

  test('with the same client token is done once', async () => {
    const { run, redrive, history, wait } = breakingWorld();
    const { executionArn } = await run({ T: task('f') });
    const first = await redrive(executionArn, 'token');
    await wait(60);
    expect(await redrive(executionArn, 'token')).toEqual(first);
    await wait(15 * 60);
    await redrive(executionArn, 'token');
    expect(history(executionArn).filter(({ type }) => type === 'ExecutionRedriven')).toHaveLength(2);
  });
});

describe('a redrive is refused', () => {
  test.each([
    ['that runs', { W: { Type: 'Wait', Seconds: 60, End: true } }, 1, 'Execution is RUNNING and cannot be redriven'],
    ['that succeeded', { S: { Type: 'Succeed' } }, 1, 'Execution is SUCCEEDED and cannot be redriven'],
    [
      'that ended 15 days ago',
      { F: { Type: 'Fail' } },
      15 * 24 * 3600,
      'Execution has exceeded its redrivable period of 14 days and cannot be redriven',
    ],
  ])('for an execution %s', async (_, states, seconds, message) => {
    const { create, start, wait, world } = breakingWorld();
    const executionArn = start(create(machine(states)));
    await wait(seconds);
    expect(refusal(() => redriveExecution({ executionArn }, world))).toMatchObject({
      name: 'ExecutionNotRedrivable',
      message,
    });
    expect(describeExecution({ executionArn }, world)).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: message,
    });
  });

  test('for one that is not there', () => {
    const { world } = breakingWorld();
    const executionArn = 'arn:aws:states:us-east-1:111122223333:execution:m:none';
    expect(refusal(() => redriveExecution({ executionArn }, world))).toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn}'`,
    });
  });
});
