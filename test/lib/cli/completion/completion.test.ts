import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../lib/cli/commands/commands.ts';
import { completable } from '../../../../lib/cli/completion/completable.ts';
import { runCommand } from '../terminal.ts';

const scripts = new Map<string, string>();
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    scripts.set(shell, (await runCommand('completion', shell)).stdout.join('\n'));
  }
});
const scriptOf = (shell: string) => scripts.get(shell) ?? '';

const answerOf = (shell: string, ...args: string[]) => execFileSync(shell, args, { encoding: 'utf8' });
const isInstalled = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What bash would offer for the last of the words that it made of a line. */
function offeredByBash(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _eks_rebind; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const offered = answerOf('bash', '--norc', '-c', `${scriptOf('bash')}\n${ask}`);
  return offered.split('\n').filter((word) => word !== '');
}

describe('bash', () => {
  test.each<[string, string[], string[]]>([
    ['a command', ['eks-rebind', 'comp'], ['completion']],
    ['a command after an option', ['eks-rebind', '--quiet', 'dem'], ['demo']],
    ['an option', ['eks-rebind', 'demo', '--se'], ['--seed']],
    ['an option of every command', ['eks-rebind', 'demo', '--qu'], ['--quiet']],
    ['a choice of an option', ['eks-rebind', 'scan', '-o', 'j'], ['json', 'junit']],
    ['a choice after =, which bash makes a word of', ['eks-rebind', 'scan', '--output', '=', 'c'], ['csv']],
    ['every choice after = alone', ['eks-rebind', 'fix', '--output', '='], ['table', 'json', 'yaml']],
    ['a choice of an argument', ['eks-rebind', 'completion', 'f'], ['fish']],
    ['nothing where only the person knows', ['eks-rebind', 'scan', '--region', ''], []],
    ['files where one is wanted, which readline does', ['eks-rebind', 'demo', '--event', ''], []],
  ])('offers %s', (_, words, offered) => {
    expect(offeredByBash(...words)).toEqual(offered);
  });

  test('offers all commands, and nothing that is no command', () => {
    const offered = offeredByBash('eks-rebind', '').filter((word) => !word.startsWith('-'));
    expect(offered).toEqual(COMMANDS.map(({ name }) => name));
  });
});

// Debian's zsh and fish are not where this runs by default. Where they are, they are asked; that they complete was seen with zsh 5.9
// and fish 3.6. What the scripts hold is tested anywhere.
describe.runIf(isInstalled('fish'))('fish', () => {
  test.each([
    ['eks-rebind comp', ['completion']],
    ['eks-rebind scan -o j', ['json', 'junit']],
    ['eks-rebind completion f', ['fish']],
    ['eks-rebind scan --str', ['--strict']],
  ])('completes %s', (line, offered) => {
    const answer = answerOf('fish', '--no-config', '-c', `${scriptOf('fish')}\ncomplete -C '${line}'`);
    expect(
      answer
        .trim()
        .split('\n')
        .map((one) => one.split('\t')[0]),
    ).toEqual(offered);
  });
});

test.runIf(isInstalled('zsh'))('zsh can read its script', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), '_eks-rebind');
  writeFileSync(file, scriptOf('zsh'));
  expect(spawnSync('zsh', ['-n', file], { encoding: 'utf8' }).stderr).toBe('');
});

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  test('holds every command, option and choice', () => {
    const words = completable(COMMANDS).flatMap(({ name, flags, argument }) => {
      const choices = [argument, ...flags.map(({ value }) => value)].filter((value) => Array.isArray(value)).flat();
      const options = flags.flatMap(({ names }) => names);
      return [name, ...choices, ...(shell === 'fish' ? options.map((one) => one.replace(/^--?/, '')) : options)];
    });
    const missing = words.filter((word) => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(scriptOf(shell)));
    expect(words.length).toBeGreaterThan(60);
    expect(missing).toEqual([]);
  });

  test('has its quotes in pairs, whatever descriptions say', () => {
    // A quote within quotes is \' in fish; in zsh, quotes end, \' follows, and quotes begin again.
    const odd = scriptOf(shell)
      .split('\n')
      .filter((line) => (line.replaceAll(String.raw`\'`, '').split("'").length - 1) % 2 === 1);
    expect(odd).toEqual([]);
  });
});

test('a shell that is none is refused with those there are', async () => {
  const { code, stderr } = await runCommand('completion', 'tcsh');
  expect({ code, stderr }).toEqual({ code: 1, stderr: [expect.stringMatching(/'tcsh' is invalid.*bash, zsh, fish/)] });
});
