import { describe, expect, test } from 'vitest';
import { machineWorld } from './machine-world.ts';

/** What an expression gives in a Pass. */
async function evaluate(source: string, input: number | string | object = {}, seed = 1) {
  const { run } = machineWorld({ seed });
  const text: string = JSON.stringify(input);
  const { output, error, cause } = await run(
    { A: { Type: 'Pass', Output: `{% ${source} %}`, End: true } },
    JSON.parse(text),
  );
  return { output, error, cause: cause?.replace(/^.*?\(entered at the event id #2\)\. /, '') };
}

describe("AWS's own functions", () => {
  test.each([
    ['$parse("{\\"a\\":[1]}").a[0]', 1],
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 6, 2)', [0, 2, 4, 6]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    // measured on AWS in floci-io/floci#2662
    ['$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
    ['$random(42)', 0.7275636800328681],
    ['$random(42) = $random(42)', true],
  ])('%s', async (source, expected) => {
    expect((await evaluate(source)).output).toEqual(expected);
  });

  test.each([
    ['MD5', 32],
    ['SHA-256', 64],
    ['SHA-384', 96],
    ['SHA-512', 128],
  ])('$hash knows %s', async (algorithm, length) => {
    expect((await evaluate(`$length($hash("a", "${algorithm}"))`)).output).toBe(length);
  });

  test('$uuid gives version 4, another each time, the same again for the same seed', async () => {
    const one = await evaluate('[$uuid(), $uuid()]', {}, 7);
    const again = await evaluate('[$uuid(), $uuid()]', {}, 7);
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(one.output).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
    expect(new Set([one.output].flat()).size).toBe(2);
    expect(again).toEqual(one);
  });

  test('the clock and chance are those of the local AWS', async () => {
    expect((await evaluate('$now()')).output).toBe('2026-11-24T05:30:00.000Z');
    expect((await evaluate('$now("[Y]", "+0000")')).output).toBe('2026');
    expect((await evaluate('$millis()')).output).toBe(Date.parse('2026-11-24T05:30:00Z'));
    expect(await evaluate('[$random(), $shuffle([1..9])]', {}, 3)).toEqual(
      await evaluate('[$random(), $shuffle([1..9])]', {}, 3),
    );
  });

  test.each([
    ['$hash("a", "CRC")', '$hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512, not CRC'],
    ['$range(1, 2, 0)', '$range takes a step other than 0'],
    ['$partition([1], 0)', '$partition takes a size of 1 or more, not 0'],
    ['$eval("1")', 'T1006: Attempted to invoke a non-function'],
  ])('%s fails and says why', async (source, problem) => {
    const { error, cause } = await evaluate(source);
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toBe(
      `The JSONata expression '${source}' specified for the field 'Output' threw an error during evaluation. ${problem}`,
    );
  });
});

describe('an expression', () => {
  test.each([
    ['$states.input.missing', 'returned nothing (undefined).'],
    ['function($x){$x}', 'returned an unsupported result type.'],
    ['{"f": $sum}', 'returned an unsupported result type.'],
    ['"a" + 1', 'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number'],
  ])('%s fails', async (source, problem) => {
    const { error, cause } = await evaluate(source);
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toBe(`The JSONata expression '${source}' specified for the field 'Output' ${problem}`);
  });

  test('names its place in what it is part of', async () => {
    const { run } = machineWorld();
    const { events } = await run({ A: { Type: 'Pass', Output: { a: [1, { b: '{% $nope %}' }] }, End: true } });
    expect(events[2]).toMatchObject({
      type: 'EvaluationFailed',
      previousEventId: 0,
      evaluationFailedEventDetails: { location: 'Output/a[1]/b', state: 'A', error: 'States.QueryEvaluationError' },
    });
  });

  test('leaves out what is undefined inside of an object, and keeps null', async () => {
    expect((await evaluate('{"a": $states.input.x, "b": null, "c": []}')).output).toEqual({ b: null, c: [] });
  });

  test('cannot change its input for a later state', async () => {
    const { run } = machineWorld();
    const { output } = await run(
      {
        A: {
          Type: 'Pass',
          Assign: { x: '{% $states.input %}' },
          Output: '{% $states.input ~> |$|{"a": 2}| %}',
          Next: 'B',
        },
        B: { Type: 'Pass', Output: '{% [$x.a, $states.input.a] %}', End: true },
      },
      { a: 1 },
    );
    expect(output).toEqual([1, 2]);
  });
});
