import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../../lib/local/stepfunctions/parse-json.ts';

const expecting = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe('JSON text', () => {
  test.each(['null', ' [1, {"a": "b\\"c"}] ', '-1.5e3', '"x"', '{}', '[]'])('%s is read', (text) => {
    expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
  });

  test.each([
    ['not a definition', `Unrecognized token 'not': ${expecting}`, 3],
    ["{'not': 'json'", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 1],
    ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 5],
    ['{"a": 1 "b": 2}', `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`, 8],
    ['{"a": 1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 8],
    ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 3],
    ['[1, nope]', `Unrecognized token 'nope': ${expecting}`, 8],
    ['{"a": ', 'Unexpected end-of-input', 6],
    ['[', 'Unexpected end-of-input', 1],
    ['"abc', 'Unexpected end-of-input: was expecting closing quote for a string value', 4],
    ['', 'Unexpected end-of-input', 0],
  ])('%j is refused in the words of Jackson', (text, problem, offset) => {
    expect(parseJson(text)).toEqual({ problem, offset });
  });
});
