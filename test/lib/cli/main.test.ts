import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../../../lib/cli/commands/command-definition.ts';
import { type ExitCode, type Terminal, UsageError } from '../../../lib/cli/io.ts';
import { main } from '../../../lib/cli/main.ts';
import { AwsThrottled, CannotRecreate, InvalidInput } from '../../../lib/core/errors.ts';
import { fakeTerminal, type FakeTerminalOptions, runCommand } from './terminal.ts';

type Run = (terminal: Terminal) => ExitCode | Promise<ExitCode>;

/** A command of these tests' own, `try`, in a terminal. */
async function tried(run: Run, argv: readonly string[] = [], options: FakeTerminalOptions = {}) {
  const command: CommandDefinition = {
    name: 'try',
    description: 'Tries something.',
    options: [],
    examples: [],
    exitCodes: {},
    run: async (_, terminal) => run(terminal),
  };
  const terminal = fakeTerminal(options);
  const code = await main(['try', ...argv], terminal, [command]);
  return { ...terminal, code };
}

const throwing = (error: unknown) => () => {
  throw error;
};

const writeAll: Run = ({ io }) => {
  io.stdout('data');
  io.stderr('a note');
  io.progress('half');
  io.error('an error');
  return 0;
};

const writeLog: Run = ({ runtime }) => {
  runtime.write('{}');
  return 0;
};

describe('what a command ends with', () => {
  test.each<ExitCode>([0, 1, 2, 3, 130, 143])('is what it answered: %i', async (code) => {
    expect((await tried(() => code)).code).toBe(code);
  });

  test.each([
    ['a mistake of the person', new UsageError("no cluster 'x'; try another"), "error: no cluster 'x'; try another"],
    ['something to wait for', new AwsThrottled('too fast'), 'error: too fast (AwsThrottled: try again later)'],
    ['an input that is wrong', new InvalidInput('no date'), 'error: no date (InvalidInput: correct it and try again)'],
    ['what a person decides', new CannotRecreate('no'), 'error: no (CannotRecreate: the runbook says what to do)'],
    [
      'a surprise',
      new TypeError('x is no function'),
      'error: TypeError: x is no function; --debug shows where it arose',
    ],
    ['an error of several lines', new Error('one\n  two'), 'error: Error: one two; --debug shows where it arose'],
    ['what is no error at all', 'oops', 'error: unknown: oops'],
    ['an error that drives terminals', new UsageError('\u001B[2J'), String.raw`error: \u001b[2J`],
  ])('is 1 after %s, and one line says what to do', async (_, error, line) => {
    const { code, stdout, stderr } = await tried(throwing(error));
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: [], stderr: [line] });
  });

  test('no stack is shown without --debug, and it is with it', async () => {
    const { stderr } = await tried(throwing(new TypeError('x')), ['--debug']);
    expect(stderr[0]).toMatch(/^error: TypeError: x/);
    expect(stderr[1]).toMatch(/main\.test\.ts/);
  });
});

describe('what is typed wrongly', () => {
  test.each([
    ['a command', ['scna'], /^error: unknown command 'scna' \(Did you mean scan\?\)$/],
    ['an option', ['scan', '--regoin', 'x'], /^error: unknown option '--regoin' \(Did you mean --region\?\)$/],
    ['an option of every command', ['scan', '--quite'], /^error: unknown option '--quite' \(Did you mean --quiet\?\)$/],
  ])('%s: one line says what may have been meant, and the code is 1', async (_, argv, line) => {
    const { code, stdout, stderr } = await runCommand(...argv);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: [], stderr: [expect.stringMatching(line)] });
  });
});

test.each([['--version'], ['-V'], ['scan', '--version']])('%s %s prints the version alone', async (...argv) => {
  const packaged = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { code, stdout, stderr } = await runCommand(...argv.filter(Boolean));
  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  expect(packaged).toContain(`"version": "${stdout.join('\n')}"`);
});

describe('what a command writes', () => {
  test('drives no terminal, wherever it goes, and keeps its line ends', async () => {
    const hostile = 'a\n\u001B[31mb\u009B';
    const shown = 'a\n\\u001b[31mb\\u009b';
    const run = async ({ io, ask, runtime }: Terminal) => {
      for (const write of [io.stdout, io.stderr, io.error, io.progress, runtime.write]) write(hostile);
      await ask(hostile);
      return 0 as const;
    };
    const written: string[] = [];
    const runtime = { write: (line: string) => void written.push(line) };
    const told = await tried(run, ['--debug'], { answers: ['yes'], runtime });
    const everywhere = [told.stdout, told.stderr, told.drawn, told.questions, written].flat();
    expect(everywhere).toEqual([shown, shown, shown, shown, shown, shown]);
  });

  test('keeps our colours on a terminal', async () => {
    const { stdout } = await tried(({ io }) => (io.stdout('\u001B[31mstale\u001B[39m \u001B[2J'), 0), [], {
      isTty: true,
    });
    expect(stdout).toEqual(['\u001B[31mstale\u001B[39m \\u001b[2J']);
  });

  test.each([
    [[], true],
    [['--no-color'], false],
  ])('is coloured on a terminal, but for --no-color: %j', async (argv, isTty) => {
    let seen: boolean | undefined;
    await tried(({ io }) => ((seen = io.isTty), 0), argv, { isTty: true });
    expect(seen).toBe(isTty);
  });

  test('is data and errors alone with --quiet', async () => {
    const { stdout, stderr, drawn } = await tried(writeAll, ['--quiet'], { isTty: true });
    expect({ stdout, stderr, drawn }).toEqual({ stdout: ['data'], stderr: ['an error'], drawn: [] });
  });

  test('has no log lines without --debug', async () => {
    const written: string[] = [];
    const runtime = { write: (line: string) => void written.push(line) };
    await tried(writeLog, [], { runtime });
    expect(written).toEqual([]);
    await tried(writeLog, ['--debug'], { runtime });
    expect(written).toEqual(['{}']);
  });
});
