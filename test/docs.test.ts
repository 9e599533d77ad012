import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { STEPS } from '../handlers/shared/steps.ts';
import { runCommand } from './lib/cli/terminal.ts';
import { METRICS } from '../lib/core/metric-names.ts';
import { allStates, stateMachines } from './statemachines/asl.ts';

const ROOT = new URL('../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('docs', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The arrows of a mermaid state diagram, without start and end. */
function arrowsDrawn(diagram: string): string[] {
  return [...diagram.matchAll(/^\s*(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} --> ${to}`).toSorted();
}

function arrowsOf(machine: (typeof stateMachines)[number]): string[] {
  const arrows = allStates(machine).flatMap(([name, state]) => {
    const { Next, Default, Choices = [], Catch = [] } = state;
    const targets = [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((one) => one.Next)];
    return targets.flatMap((target) => (target === undefined ? [] : [`${name} --> ${target}`]));
  });
  return [...new Set(arrows)].toSorted();
}

test.each(stateMachines)('docs/how-it-works.md draws $file as it is', (machine) => {
  const heading = `### \`${machine.file.replace('.asl.json', '')}\``;
  const [, section = ''] = textOf('docs/how-it-works.md').split(heading);
  const [, diagram = ''] = /```mermaid\n([^`]*)```/.exec(section) ?? [];
  expect(arrowsDrawn(diagram)).toEqual(arrowsOf(machine));
});

test('docs/how-it-works.md names every metric, and steps that record them', () => {
  const rows = [...textOf('docs/how-it-works.md').matchAll(/^\| (`[A-Z][^|]+`) +\| ([A-Z][\w, ]+?) +\|$/gm)];
  const named = rows.flatMap(([, metrics = '']) => [...metrics.matchAll(/\w+/g)].map(([metric]) => metric));
  expect(named.toSorted()).toEqual(Object.keys(METRICS).toSorted());
  const recording = STEPS.filter(({ uses }) => uses.includes('metrics')).map(({ name }) => name);
  const by = new Set(rows.flatMap(([, , steps = '']) => steps.split(', ')));
  expect([...by].toSorted()).toEqual(recording.toSorted());
});

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const headingsOf = (page: string) => [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));

describe('links', () => {
  test.each(pages)('of %s lead somewhere', (page) => {
    const dead = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].filter(
      ([, file = '', anchor]) => {
        const target = file === '' ? page : new URL(file, new URL(page, ROOT)).href.slice(ROOT.href.length);
        try {
          return anchor !== undefined && !headingsOf(target).includes(anchor);
        } catch {
          return true;
        }
      },
    );
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

/** The pages that links of a page lead to; a link to a folder leads to each page in it. */
const linkedFrom = (page: string): string[] =>
  [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]+)?\)/g)].flatMap(([, target = '']) => {
    const path = join(dirname(page), target);
    return pages.filter((one) => one === path || one.startsWith(`${path}/`));
  });

test('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) for (const linked of linkedFrom(page)) reached.add(linked);
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

/** The blocks that people are to paste into a shell, each with its page and what stands first in it. */
const pasted = pages.flatMap((page) =>
  [...textOf(page).matchAll(/^```(?:sh|bash|shell)\n([^]*?)^```$/gm)].map(
    ([, code = '']) => [page, code.trimStart().split('\n')[0], code] as const,
  ),
);

test('there are blocks for a shell on each page that has commands', () => {
  const withBlocks = new Set(pasted.map(([page]) => page));
  expect([...withBlocks]).toEqual(
    expect.arrayContaining(['README.md', 'docs/install.md', 'docs/runbook.md', 'docs/verify-on-aws.md']),
  );
});

test.each(pasted)('a shell can read what %s has people paste: %s', (_, __, input) => {
  expect(() => execFileSync('bash', ['-n'], { input, stdio: 'pipe' })).not.toThrow();
});

test('the README shows what `npm start` prints: each line, but for the places it leaves out', async () => {
  const { code, stdout: printed } = await runCommand('demo', '--seed', '1');
  expect(code).toBe(0);
  const [, shown = ''] = /```text\n([^`]*)```/.exec(textOf('README.md')) ?? [];
  const lines = shown.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(8);
  const missing = lines.filter((line) => {
    const [start = '', ...rest] = line.split('…');
    return !printed.some((one) => one.startsWith(start) && rest.every((part) => one.endsWith(part)));
  });
  expect(missing).toEqual([]);
});

test('the sample records that the README names drive the story', async () => {
  const [, file = ''] = /npm start --silent -- --event (\S+)/.exec(textOf('README.md')) ?? [];
  const { code, stdout } = await runCommand('demo', '--event', new URL(file, ROOT).pathname);
  expect(code).toBe(0);
  expect(stdout.join('\n')).toContain('eks-nodes');
});
