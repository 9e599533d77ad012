import { describe, expect, test } from 'vitest';
import { paintFor } from '../../../../lib/cli/output/paint.ts';
import { renderTable } from '../../../../lib/cli/output/render-table.ts';
import { visible, visibleDocument } from '../../../../lib/cli/output/visible.ts';

describe('what would drive a terminal is spelt out', () => {
  test.each<[string, string, string]>([
    ['an ANSI sequence', '\u001B[31mred', String.raw`\u001b[31mred`],
    ['an 8-bit control', '\u009B2J', String.raw`\u009b2J`],
    ['a bell', '\u0007', String.raw`\u0007`],
    ['a line end', 'a\r\nb', String.raw`a\u000d\u000ab`],
    ['DEL', '\u007F', String.raw`\u007f`],
    ['a bidi override', '\u202Eevil\u2066', String.raw`\u202eevil\u2066`],
    ['a zero-width space', 'a\u200Bb', String.raw`a\u200bb`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['half of a pair', '\uD800', String.raw`\ud800`],
    ['a tag outside the basic plane', '\u{E0041}', String.raw`\udb40\udc41`],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('and what people write stays as it is', () => {
    expect(visible('Müller 日本 🙂 a\\b "c"')).toBe('Müller 日本 🙂 a\\b "c"');
  });
});

describe('a document', () => {
  test('keeps its line ends and nothing else', () => {
    expect(visibleDocument('a\nb\r\u001B[31mc', false)).toBe('a\nb\\u000d\\u001b[31mc');
  });

  test('keeps colours for a terminal, and only colours', () => {
    const painted = paintFor(true)('red', 'stale\u001B[2J');
    expect(visibleDocument(painted, true)).toBe('\u001B[31mstale\\u001b[2J\u001B[39m');
  });
});

test('a table’s columns stay in line, whatever is in a cell', () => {
  expect(
    renderTable([
      ['a\u001B[1A', 'b'],
      ['ab', 'c'],
    ]),
  ).toEqual(['a\\u001b[1A  b', 'ab          c']);
});
