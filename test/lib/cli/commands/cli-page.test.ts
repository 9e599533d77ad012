import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cliPage } from '../../../../lib/cli/commands/cli-page.ts';
import { COMMANDS } from '../../../../lib/cli/commands/commands.ts';
import { EXIT_CODES } from '../../../../lib/cli/commands/exit-codes.ts';
import { runCommand } from '../terminal.ts';

const textOf = (page: string) => readFileSync(new URL(`../../../../${page}`, import.meta.url), 'utf8');
const page = textOf('docs/cli.md');

test('docs/cli.md is what the commands’ definitions make of it: if not, npm run docs', () => {
  expect(page).toBe(cliPage(COMMANDS));
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s leads to it', (from) => {
  expect(textOf(from)).toContain('](docs/cli.md)');
});

describe('the page and help', () => {
  test('say the same exit codes', async () => {
    const help = (await runCommand('--help')).stdout.join('\n');
    const [, told = ''] = help.split('Exit codes (1 beats 3 beats 2):');
    const lines = Object.entries(EXIT_CODES).map(([code, meaning]) => `${code}  ${meaning}`);
    expect(
      told
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(lines);
    for (const meaning of Object.values(EXIT_CODES)) expect(page).toContain(meaning);
  });

  test.each(COMMANDS.map(({ name }) => name))('say the same of %s', async (name) => {
    const { code, stdout } = await runCommand(name, '--help');
    const help = stdout.join('\n').replaceAll(/\s+/g, ' ');
    const section = page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
    const [, usage = ''] = /```text\n(.*)\n```/.exec(section) ?? [];
    const flags = [...section.matchAll(/^\| `(-[^`]+)`/gm)].map(([, one = '']) => one.replace(String.raw`\|`, '|'));
    expect(code).toBe(0);
    expect(help).toContain(`Usage: ${usage} `);
    expect(flags.filter((one) => !help.includes(one))).toEqual([]);
  });
});
