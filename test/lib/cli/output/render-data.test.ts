import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderData } from '../../../../lib/cli/output/render-data.ts';
import { GAP, HOSTILE, scannedEntry, scanResult, STALE } from './scan-results.ts';

const result = scanResult([STALE, scannedEntry({ principalArn: HOSTILE, nodeGroups: ['no', '1e3', '', '~'] })], [GAP]);

describe.each([
  ['json', JSON.parse as (text: string) => unknown],
  ['yaml', (text: string): unknown => parse(text)],
] as const)('data as %s', (format, read) => {
  test('reads back as it was, whatever characters are in it', async () => {
    expect(read(await renderData(result, format))).toEqual(result);
  });

  test('holds nothing that drives a terminal', async () => {
    expect((await renderData(result, format)).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

test('YAML 1.1 takes no text for a number or a truth', async () => {
  expect(parse(await renderData(result, 'yaml'), { version: '1.1' })).toEqual(result);
});

test('the same thing twice is written twice: no aliases', async () => {
  const place = { region: 'us-east-1' };
  expect(await renderData([place, place], 'yaml')).toBe('- region: "us-east-1"\n- region: "us-east-1"');
});

test('JSON is indented, for whoever looks at it', async () => {
  expect(await renderData({ a: [1] }, 'json')).toBe('{\n  "a": [\n    1\n  ]\n}');
});
