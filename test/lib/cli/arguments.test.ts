import { describe, expect, test } from 'vitest';
import { runCommand } from './terminal.ts';

describe('eks-rebind', () => {
  test.each([
    ['without a command', [], /Usage: eks-rebind/],
    ['an unknown command', ['heal'], /unknown command 'heal'/],
    ['an unknown option', ['demo', '--frobnicate'], /unknown option '--frobnicate'/],
    ['an argument too many', ['demo', 'extra'], /too many arguments/],
    [
      'a seed that is no number',
      ['demo', '--seed', 'abc'],
      /--seed takes a whole number from 0 to 4294967295, not 'abc'/,
    ],
    ['a seed that is no whole number', ['demo', '--seed', '1.5'], /not '1\.5'/],
    ['a seed below zero', ['demo', '--seed=-1'], /not '-1'/],
    ['a seed beyond 32 bits', ['demo', '--seed', '4294967296'], /not '4294967296'/],
    ['a seed left out', ['demo', '--seed'], /'--seed <number>' argument missing/],
    [
      'an approver who is none',
      ['local', '--approver', 'grace'],
      /--approver takes the ARN of a role or user, .*, not 'grace'/,
    ],
    ['a port that is none', ['local', '--port', '70000'], /--port takes a whole number from 0 to 65535, not '70000'/],
  ])('answers %s with exit code 1 and words on stderr alone', async (_, argv, words) => {
    const { code, stdout, stderr } = await runCommand(...argv);
    expect({ code, stdout }).toEqual({ code: 1, stdout: [] });
    expect(stderr.join('\n')).toMatch(words);
  });

  test.each([['--frobnicate'], ['--seed', 'abc']])('says what is wrong with %s in one line', async (...argv) => {
    const { stderr } = await runCommand('demo', ...argv.filter(Boolean));
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).not.toContain('\n');
  });

  test.each([
    [['--help'], /demo.*local/s],
    [['demo', '--help'], /Examples:.*--event records\.json.*Exit codes/s],
    [['local', '--help'], /Examples:.*aws iam delete-role.*Exit codes/s],
  ])('%s prints help with examples on stdout and ends with 0', async (argv, words) => {
    const { code, stdout, stderr } = await runCommand(...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    expect(stdout.join('\n')).toMatch(words);
  });
});
