import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveAws, type ServedAws } from './served-aws.ts';

// What the README shows of 3 a.m. is what the commands print: only ids, times and durations differ from run to run.

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, shown = ''] = /```console\n([^`]*)```/.exec(README) ?? [];
const commands = shown
  .split(/^\$ eks-rebind /m)
  .slice(1)
  .map((block) => block.trimEnd().split('\n'));

const steady = (line: string) =>
  line
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+Z/g, 'TIME')
    .replaceAll(/\d{8}T\d{6}Z/g, 'TIME')
    .replaceAll(/AROA\w{17}/g, 'ID')
    .replaceAll(/ \d+m( \d+s)? /g, ' DURATION ')
    .replaceAll(/ +/g, ' ');

let aws: ServedAws;
beforeAll(async () => {
  aws = await serveAws();
}, 30_000);
afterAll(() => aws.stop());

test('the README shows what scan, explain and fix print, each line but for the places it leaves out', async () => {
  expect(commands.map(([line = '']) => line.split(' ')[0])).toEqual(['scan', 'explain', 'fix']);
  for (const [line = '', ...lines] of commands) {
    const { code, stdout } = await aws.run(...line.split(' '));
    expect(code).toBe(0);
    const printed = stdout.split('\n').map(steady);
    const missing = lines.filter((one) => {
      const [start = '', rest] = steady(one).split('…');
      return !printed.some((other) => (rest === undefined ? other === start : other.startsWith(start)));
    });
    expect(missing).toEqual([]);
  }
});
