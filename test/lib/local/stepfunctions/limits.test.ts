import { describe, expect, test } from 'vitest';
import { createStateMachine } from '../../../../lib/local/stepfunctions/create-state-machine.ts';
import { describeExecution } from '../../../../lib/local/stepfunctions/describe-execution.ts';
import { machine, machineWorld, ROLE_ARN, task } from './machine-world.ts';

const refusal = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

const LIMIT = 262_144;
/** A text whose JSON takes that many bytes. */
const textOf = (bytes: number) => 'a'.repeat(bytes - 2);

describe('256 KiB', () => {
  test('of input are taken, one byte more is not, and bytes are UTF-8', () => {
    const { create, start } = machineWorld();
    const arn = create(machine({ A: { Type: 'Succeed' } }));
    expect(start(arn, textOf(LIMIT))).toContain(':execution:');
    const error = {
      name: 'ValidationException',
      message:
        "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    };
    expect(refusal(() => start(arn, textOf(LIMIT + 1)))).toMatchObject(error);
    expect(refusal(() => start(arn, 'é'.repeat(LIMIT / 2)))).toMatchObject(error);
  });

  test('bound a state’s output, which States.ALL does not catch', async () => {
    const { run } = machineWorld({ functions: { f: () => textOf(LIMIT) } });
    const { error, cause } = await run({
      T: task('f', {
        Output: '{% $states.result & "a" %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }],
        Next: 'E',
      }),
      E: { Type: 'Succeed' },
    });
    expect(error).toBe('States.DataLimitExceeded');
    expect(cause).toBe(
      "The state/task 'T' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
  });

  test('bound a result, which States.ALL does catch, as recorded', async () => {
    const { run } = machineWorld({ functions: { f: () => textOf(LIMIT + 1) } });
    const { output } = await run({
      T: task('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }], Next: 'E' }),
      E: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
    });
    expect(output).toBe('States.DataLimitExceeded');
  });
});

test('event 25,000 of a history is its failure', async () => {
  const { create, start, clock, ended, world, result } = machineWorld();
  const loop = {
    L: { Type: 'Choice', Choices: [{ Condition: '{% $states.input %}', Next: 'L' }], Default: 'E' },
    E: { Type: 'Succeed' },
  };
  const executionArn = start(create(machine(loop)), true);
  await clock.run(() => ended(executionArn));
  expect(result(executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  const events = world.executions.get(executionArn)?.history.events ?? [];
  expect(events.at(-1)).toMatchObject({ id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' });
  expect(describeExecution({ executionArn }, world).redriveStatus).toBe('NOT_REDRIVABLE');
});

describe('names', () => {
  test.each(['a'.repeat(80), 'a.b-c_d', 'ä'])('%s is one', (name) => {
    const { create, start } = machineWorld();
    expect(start(create(machine({ A: { Type: 'Succeed' } })), {}, name)).toContain(name);
  });

  const illegal = ' <>{}[]?*"#%\\^|~`$&,;:/\n\u0000\u007F'.split('').map((character) => `a${character}b`);
  test.each(['', 'a'.repeat(81), ...illegal])('%j is none', (name) => {
    const { create, start, world, call } = machineWorld();
    const error = { name: 'InvalidName', message: `Invalid Name: '${name}'` };
    const definition = JSON.stringify(machine({ A: { Type: 'Succeed' } }));
    const arn = create(machine({ A: { Type: 'Succeed' } }));
    expect(refusal(() => start(arn, {}, name))).toMatchObject(error);
    expect(refusal(() => createStateMachine({ name, definition, roleArn: ROLE_ARN }, world, call))).toMatchObject(
      error,
    );
  });
});
