import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../../lib/core/errors.ts';
import { parseOrExplain, shown } from '../../../lib/core/invalid-input.ts';

describe('a value is shown', () => {
  test.each<[string, unknown, string]>([
    ['as JSON', { a: [1, 'b'] }, '{"a":[1,"b"]}'],
    ['where JSON has no word for it', undefined, 'nothing'],
    ['up to 120 characters', 'x'.repeat(200), `"${'x'.repeat(119)}…`],
    ['to its end where that just fits', 'x'.repeat(118), `"${'x'.repeat(118)}"`],
    ['without what acts on a terminal', 'a\u001b[2J\n\u007f\u009b', '"a\\u001b[2J\\n\\u007f\\u009b"'],
    ['without what turns the text round', 'a\u202eb\u2066\ufeff', '"a\\u202eb\\u2066\\ufeff"'],
  ])('%s', (_how, value, text) => {
    expect(shown(value)).toBe(text);
  });
});

const Shape = v.object({ region: v.string('text') }, 'an object');

test('reads what fits the schema', () => {
  expect(parseOrExplain(Shape, { region: 'eu-central-1' }, 'the input')).toEqual({ region: 'eu-central-1' });
});

test.each<[string, unknown, string]>([
  ['with which value', { region: 7 }, 'region of the input is 7, expected text'],
  ['as a whole', 7, 'the input is 7, expected an object'],
  ['for missing', {}, 'region of the input is missing'],
])('says what is wrong, where, %s', (_what, input, message) => {
  expect(() => parseOrExplain(Shape, input, 'the input')).toThrow(new InvalidInput(message));
});
