import { expect, test } from 'vitest';
import { parseSince } from '../../../../lib/cli/service/parse-since.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

test.each([
  ['90m', '2026-03-02T07:30:00.000Z'],
  ['2h', '2026-03-02T07:00:00.000Z'],
  ['14d', '2026-02-16T09:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(new Date(parseSince(text, NOW)).toISOString()).toBe(expected);
});

test.each(['', '2', 'h', '2w', '-2h', '2026-13-01', 'yesterday', '2026-03-01T10:00:00'])("'%s' is no time", (text) => {
  expect(() => parseSince(text, NOW)).toThrow(`such as 2026-11-24T09:00:00Z, not '${text}'`);
});
