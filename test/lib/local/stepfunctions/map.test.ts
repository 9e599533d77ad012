import { describe, expect, test } from 'vitest';
import { machineWorld, named, task } from './machine-world.ts';

const each = (state: object) => ({ StartAt: 'I', States: { I: state } });
const map = (others: object) => ({ M: { Type: 'Map', End: true, ...others } });

const one = (Index: number, Value: string) => ({ Index, Value });

const add = (n: number) => each({ Type: 'Pass', Output: `{% $states.input + ${n} %}`, End: true });

describe('a Map', () => {
  test('runs for each item, and gives the outputs on in the order of the items', async () => {
    const { run } = machineWorld();
    const wait = { Type: 'Wait', Seconds: '{% 10 - $states.input %}', Output: '{% $states.input * 2 %}', End: true };
    const { output, seconds } = await run(map({ Items: '{% $states.input.ns %}', ItemProcessor: each(wait) }), {
      ns: [1, 2, 3],
    });
    expect({ output, seconds }).toEqual({ output: [2, 4, 6], seconds: 9 });
  });

  test('gives each iteration what ItemSelector makes of its item', async () => {
    const { run } = machineWorld();
    const context = '{% $states.context.Map.Item %}';
    const { output } = await run(
      map({
        ItemSelector: { item: context, all: '{% $count($states.input) %}' },
        ItemProcessor: each({ Type: 'Pass', Output: { given: '{% $states.input %}', context }, End: true }),
      }),
      ['a', 'b'],
    );
    expect(output).toEqual([
      { given: { item: one(0, 'a'), all: 2 }, context: one(0, 'a') },
      { given: { item: one(1, 'b'), all: 2 }, context: one(1, 'b') },
    ]);
  });

  test('begins anew in a second Map', async () => {
    const { run } = machineWorld();
    const { output } = await run({
      M: { Type: 'Map', Items: [1, 2], ItemProcessor: add(10), Next: 'N' },
      N: { Type: 'Map', ItemProcessor: add(100), End: true },
    });
    expect(output).toEqual([111, 112]);
  });

  test.each([
    [1, 30],
    [2, 20],
    [0, 10],
    ['{% 1 + 1 %}', 20],
  ])('with MaxConcurrency %s takes %i seconds for three iterations of ten', async (MaxConcurrency, expected) => {
    const { run } = machineWorld();
    const processor = each({ Type: 'Wait', Seconds: 10, End: true });
    const { seconds } = await run(map({ Items: [1, 2, 3], MaxConcurrency, ItemProcessor: processor }));
    expect(seconds).toBe(expected);
  });

  test('runs forty at once at most', async () => {
    const { run } = machineWorld();
    const items = Array.from({ length: 81 }, (_, index) => index);
    const processor = each({ Type: 'Wait', Seconds: 10, End: true });
    expect((await run(map({ Items: items, ItemProcessor: processor }))).seconds).toBe(30);
  });

  test('fails with the first iteration that fails, and aborts the others', async () => {
    const { run, clock } = machineWorld({
      functions: {
        f: async (event) => {
          await clock.pause(1000);
          if (event === 2) throw named('Bad');
          await clock.pause(60_000);
        },
      },
    });
    const { error, events, seconds } = await run(map({ Items: [1, 2], ItemProcessor: each(task('f')) }));
    expect({ error, seconds }).toEqual({ error: 'Bad', seconds: 1 });
    const tail = events
      .slice(-7)
      .map(({ type, mapIterationFailedEventDetails, mapIterationAbortedEventDetails }) => [
        type,
        (mapIterationFailedEventDetails ?? mapIterationAbortedEventDetails)?.index,
      ]);
    expect(tail).toEqual([
      ['LambdaFunctionFailed', undefined],
      ['TaskStateAborted', undefined],
      ['MapIterationFailed', 1],
      ['TaskStateAborted', undefined],
      ['MapIterationAborted', 0],
      ['MapStateFailed', undefined],
      ['ExecutionFailed', undefined],
    ]);
  });

  test('retries all its iterations, and may catch', async () => {
    let calls = 0;
    const { run } = machineWorld({
      functions: {
        f: () => {
          calls++;
          throw named('Bad');
        },
      },
    });
    const { output, types } = await run({
      M: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: each(task('f')),
        Retry: [{ ErrorEquals: ['Bad'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['Bad'], Output: '{% $states.errorOutput.Error %}', Next: 'E' }],
        End: true,
      },
      E: { Type: 'Succeed' },
    });
    expect({ output, calls }).toEqual({ output: 'Bad', calls: 2 });
    expect(types.filter((type) => type === 'MapStateStarted')).toHaveLength(2);
    expect(types.filter((type) => type === 'MapStateFailed')).toHaveLength(1);
  });

  test.each([
    [{ Items: '{% 1 %}' }, "Expected 'array', but was 'number' for value: 1"],
    [{}, 'Map state input must be an array but was: {"a":1}'],
    [{ Items: [], MaxConcurrency: '{% "x" %}' }, `Expected 'integer', but was 'string' for value: "x"`],
    [{ Items: [], ToleratedFailurePercentage: '{% 101 %}' }, "but was 'number' for value: 101"],
  ])('of %j fails before it begins', async (fields, problem) => {
    const { run } = machineWorld();
    const { error, cause, types } = await run(map({ ...fields, ItemProcessor: each({ Type: 'Pass', End: true }) }), {
      a: 1,
    });
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(problem);
    expect(types.slice(-3)).toEqual(['EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
  });
});
