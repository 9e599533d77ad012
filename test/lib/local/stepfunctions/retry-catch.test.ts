import { describe, expect, test } from 'vitest';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { retryDelayMs } from '../../../../lib/local/stepfunctions/recover.ts';
import { machineWorld, named, task, type TestFunction } from './machine-world.ts';

/** Throws errors of these names, one a call, and then answers how often it was called. */
function failing(...names: string[]): TestFunction {
  let calls = 0;
  return () => {
    const name = names[calls++];
    if (name !== undefined) throw named(name);
    return calls;
  };
}

const retry = (errors: string[], others: object = {}) => ({ ErrorEquals: errors, ...others });

const caught = (errors: string[], others: object = {}) => ({
  Catch: [{ ErrorEquals: errors, Next: 'Caught', ...others }],
  Next: 'Fine',
});

describe('Retry', () => {
  test('waits one, two, four seconds by default, three times', async () => {
    const { run } = machineWorld({ functions: { f: failing('E', 'E', 'E') } });
    const { output, seconds } = await run({ T: task('f', { Retry: [retry(['E'])], End: true }) });
    expect({ output, seconds }).toEqual({ output: 4, seconds: 7 });
  });

  test('gives up after MaxAttempts, with the last error', async () => {
    const { run } = machineWorld({ functions: { f: failing('E', 'E', 'E', 'E') } });
    const { status, error, types } = await run({
      T: task('f', { Retry: [retry(['E'], { MaxAttempts: 2 })], End: true }),
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'E' });
    expect(types.filter((type) => type === 'LambdaFunctionFailed')).toHaveLength(3);
  });

  test('counts the attempts of each retrier by itself', async () => {
    const { run } = machineWorld({ functions: { f: failing('A', 'B', 'A', 'B') } });
    const retries = [
      retry(['A'], { MaxAttempts: 2, BackoffRate: 1 }),
      retry(['B'], { MaxAttempts: 2, BackoffRate: 1 }),
    ];
    expect((await run({ T: task('f', { Retry: retries, End: true }) })).output).toBe(5);
  });

  test('gives up once the retrier of that very error is exhausted', async () => {
    const { run } = machineWorld({ functions: { f: failing('A', 'B', 'B', 'B') } });
    const retries = [retry(['A'], { MaxAttempts: 5 }), retry(['B'], { MaxAttempts: 2 })];
    expect((await run({ T: task('f', { Retry: retries, End: true }) })).error).toBe('B');
  });

  test('tries three times more by default, not a fourth', async () => {
    const { run } = machineWorld({ functions: { f: failing('E', 'E', 'E', 'E') } });
    expect((await run({ T: task('f', { Retry: [retry(['E'])], End: true }) })).error).toBe('E');
  });

  test('shows its count in the context', async () => {
    const seen: unknown[] = [];
    const fails = failing('E', 'E');
    const { run } = machineWorld({
      functions: {
        f: (event) => {
          seen.push(event);
          return fails(event);
        },
      },
    });
    await run({
      T: task('f', { Arguments: '{% $states.context.State.RetryCount %}', Retry: [retry(['E'])], End: true }),
    });
    expect(seen).toEqual([0, 1, 2]);
  });

  test('evaluates again what failed to evaluate', async () => {
    const { run } = machineWorld({ functions: { f: () => 1 } });
    const { types, error } = await run({
      T: task('f', { Arguments: '{% $nope %}', Retry: [retry(['States.ALL'], { MaxAttempts: 1 })], End: true }),
    });
    expect(error).toBe('States.QueryEvaluationError');
    expect(types.filter((type) => type === 'EvaluationFailed')).toHaveLength(2);
  });

  test.each([
    [{ IntervalSeconds: 3, BackoffRate: 2 }, [3, 6, 12]],
    [{ IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 5 }, [3, 5, 5]],
    [{ IntervalSeconds: 10, BackoffRate: 1.5 }, [10, 15, 22.5]],
  ])('of %j waits %j seconds', (retrier, delays) => {
    const random = createSeededRandom(1);
    const all = [1, 2, 3].map((attempt) => retryDelayMs({ ErrorEquals: [], ...retrier }, attempt, random) / 1000);
    expect(all).toEqual(delays);
  });

  test('with full jitter waits anything up to the delay', () => {
    const random = createSeededRandom(1);
    const retrier = { ErrorEquals: [], IntervalSeconds: 8, JitterStrategy: 'FULL' } as const;
    const delays = Array.from({ length: 200 }, () => retryDelayMs(retrier, 1, random) / 1000);
    expect(Math.min(...delays)).toBeLessThan(1);
    expect(Math.max(...delays)).toBeLessThan(8);
    expect(Math.max(...delays)).toBeGreaterThan(7);
  });
});

describe('Catch', () => {
  const ends = { Caught: { Type: 'Pass', End: true }, Fine: { Type: 'Succeed' } };

  test('gives the error on where it says nothing else', async () => {
    const { run } = machineWorld({ functions: { f: failing('E') } });
    const { output } = await run({ T: task('f', caught(['E'])), ...ends });
    const cause = JSON.stringify({ errorType: 'E', errorMessage: 'on purpose', trace: [] });
    expect(output).toEqual({ Error: 'E', Cause: cause });
  });

  test('comes after the retries', async () => {
    const { run } = machineWorld({ functions: { f: failing('E', 'E') } });
    const { types } = await run({
      T: task('f', { Retry: [retry(['E'], { MaxAttempts: 1 })], ...caught(['E']) }),
      ...ends,
    });
    expect(types.filter((type) => type === 'LambdaFunctionScheduled')).toHaveLength(2);
    expect(types.at(-1)).toBe('ExecutionSucceeded');
  });

  test.each([
    [['States.TaskFailed'], 'Anything', true],
    [['States.ALL'], 'Anything', true],
    [['Other'], 'Anything', false],
    [['Other', 'Anything'], 'Anything', true],
    [['States.ALL'], 'States.Runtime', false],
    [['States.Runtime'], 'States.Runtime', false],
  ])('of %j means %s: %s', async (errors, name, expected) => {
    const { run } = machineWorld({ functions: { f: failing(name) } });
    const { types } = await run({ T: task('f', caught(errors)), ...ends });
    expect(types.includes('PassStateEntered')).toBe(expected);
  });

  test.each([
    ['States.TaskFailed', false],
    ['States.Timeout', true],
    ['States.ALL', true],
  ])('of %s means a time-out: %s', async (error, expected) => {
    const { run, clock } = machineWorld({ functions: { slow: () => clock.pause(60_000) } });
    const { types } = await run({ T: task('slow', { TimeoutSeconds: 5, ...caught([error]) }), ...ends });
    expect(types.includes('PassStateEntered')).toBe(expected);
  });

  test('that can not be evaluated fails the state', async () => {
    const { run } = machineWorld({ functions: { f: failing('E') } });
    const { error, events } = await run({ T: task('f', caught(['E'], { Output: '{% $nope %}' })), ...ends });
    expect(error).toBe('States.QueryEvaluationError');
    const details = events.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails;
    expect(details?.location).toBe('Catch[0]/Output');
  });
});
