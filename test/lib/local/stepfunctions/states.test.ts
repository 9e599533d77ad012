import { describe, expect, test } from 'vitest';
import { machine, machineWorld } from './machine-world.ts';

describe('a Pass', () => {
  test('gives its input on', async () => {
    const { run } = machineWorld();
    const { status, output, types } = await run({ A: { Type: 'Pass', End: true } }, { n: 1 });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
    expect(types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  });

  test('works its output out of expressions anywhere in it', async () => {
    const { run } = machineWorld();
    const template = {
      sum: '{% $sum($states.input.ns) %}',
      list: [1, '{% $count($states.input.ns) %}'],
      text: ' {% 1 %}',
    };
    const { output } = await run({ A: { Type: 'Pass', Output: template, End: true } }, { ns: [1, 2, 3] });
    expect(output).toEqual({ sum: 6, list: [1, 3], text: ' {% 1 %}' });
  });
});

describe('a Choice', () => {
  const states = {
    Size: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input > 10 %}', Next: 'End', Output: 'big', Assign: { size: 2 } },
        { Condition: '{% $states.input > 5 %}', Next: 'End', Assign: { size: 1 } },
      ],
      Default: 'End',
      Output: 'small',
      Assign: { size: 0 },
    },
    End: { Type: 'Pass', Output: { was: '{% $states.input %}', size: '{% $size %}' }, End: true },
  };

  test.each([
    [11, { was: 'big', size: 2 }],
    [6, { was: 6, size: 1 }],
    [1, { was: 'small', size: 0 }],
  ])('of %i goes where the first rule that holds says, with its output and assignments', async (input, expected) => {
    const { run } = machineWorld();
    expect((await run(states, input)).output).toEqual(expected);
  });

  test('without a rule that holds and without default ends the execution', async () => {
    const { run } = machineWorld();
    const stuck = {
      C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'E' }] },
      E: { Type: 'Succeed' },
    };
    const { status, error, cause } = await run(stuck);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
    expect(cause).toBe(
      "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    );
  });

  test('names a condition that is not a boolean', async () => {
    const { run } = machineWorld();
    const { error, cause, events } = await run({
      C: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'E' }] },
      E: { Type: 'Succeed' },
    });
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("'1' specified for the field 'Choices[0]/Condition' returned an unexpected result type.");
    expect(events[2]?.evaluationFailedEventDetails).toMatchObject({ location: 'Choices[0]/Condition', state: 'C' });
  });
});

describe('a Wait', () => {
  test('takes the seconds it names, worked out or not', async () => {
    const { run } = machineWorld();
    const { seconds } = await run({
      A: { Type: 'Wait', Seconds: 3600, Next: 'B' },
      B: { Type: 'Wait', Seconds: '{% 60 * 2 %}', End: true },
    });
    expect(seconds).toBe(3720);
  });

  test('lasts until its moment', async () => {
    const { run } = machineWorld();
    const { seconds } = await run({ A: { Type: 'Wait', Timestamp: '2026-11-24T07:00:00+01:00', End: true } });
    expect(seconds).toBe(1800);
  });

  test('lasts longer than a timer of the machine can', async () => {
    const { run } = machineWorld();
    const { seconds } = await run({ A: { Type: 'Wait', Seconds: 5_000_000, End: true } });
    expect(seconds).toBe(5_000_000);
  });

  test.each(['2026-02-30T00:00:00Z', '2026-11-24 07:00:00Z', '2026-11-24T07:00:00', 'soon'])(
    'fails on %s, which is no moment',
    async (moment) => {
      const { run } = machineWorld();
      const { error, cause } = await run({ A: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } }, moment);
      expect(error).toBe('States.QueryEvaluationError');
      expect(cause).toContain(`cannot be parsed as an ISO-8601 extended offset date-time format string: ${moment}`);
    },
  );
});

describe('an end', () => {
  test('in Succeed gives its output', async () => {
    const { run } = machineWorld();
    const { status, output } = await run({ A: { Type: 'Succeed', Output: '{% $states.input.n + 1 %}' } }, { n: 1 });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: 2 });
  });

  test('in Fail gives its error and cause, worked out', async () => {
    const { run } = machineWorld();
    const states = { A: { Type: 'Fail', Error: '{% $states.context.State.Name & "Wrong" %}', Cause: 'all' } };
    const { status, error, cause, events } = await run(states);
    expect({ status, error, cause }).toEqual({ status: 'FAILED', error: 'AWrong', cause: 'all' });
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionFailed',
      previousEventId: 2,
      executionFailedEventDetails: { error: 'AWrong', cause: 'all' },
    });
  });
});

describe('a state machine', () => {
  test('times out after its TimeoutSeconds, and DescribeExecution names no error', async () => {
    const { run } = machineWorld();
    const states = { A: { Type: 'Wait', Seconds: 60, End: true } };
    const { status, error, events, seconds } = await run(states, {}, { TimeoutSeconds: 5 });
    expect({ status, error, seconds }).toEqual({ status: 'TIMED_OUT', error: undefined, seconds: 5 });
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  test('tells its execution everything about itself in the context', async () => {
    const { run } = machineWorld();
    const { output, executionArn } = await run(
      { A: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
      [1],
    );
    expect(output).toEqual({
      Execution: {
        Id: executionArn,
        Input: [1],
        Name: executionArn.split(':').at(-1),
        RoleArn: 'arn:aws:iam::111122223333:role/workflows',
        StartTime: '2026-11-24T05:30:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:111122223333:stateMachine:m1', Name: 'm1' },
      State: { Name: 'A', EnteredTime: '2026-11-24T05:30:00.000Z', RetryCount: 0 },
    });
  });

  test('runs a thousand executions, each an hour long, in one test', async () => {
    const { clock, create, start, ended, result } = machineWorld();
    const arn = create(machine({ A: { Type: 'Wait', Seconds: 3600, Next: 'B' }, B: { Type: 'Succeed' } }));
    const executions = Array.from({ length: 1000 }, (_, index) => start(arn, index));
    await clock.run(() => Promise.all(executions.map(ended)));
    expect(executions.map((execution) => result(execution).output)).toEqual(executions.map((_, index) => index));
  });
});
