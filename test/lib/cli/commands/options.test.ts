import { describe, expect, test } from 'vitest';
import type { AnswerOptions } from '../../../../lib/cli/commands/answer-command.ts';
import { approveCommand } from '../../../../lib/cli/commands/approve-command.ts';
import { buildProgram } from '../../../../lib/cli/commands/build-program.ts';
import type { CommandDefinition, GlobalOptions } from '../../../../lib/cli/commands/command-definition.ts';
import { denyCommand } from '../../../../lib/cli/commands/deny-command.ts';
import { type ExecutionsOptions, executionsCommand } from '../../../../lib/cli/commands/executions-command.ts';
import { type ExplainOptions, explainCommand } from '../../../../lib/cli/commands/explain-command.ts';
import { type FixOptions, fixCommand } from '../../../../lib/cli/commands/fix-command.ts';
import { type RedriveOptions, redriveCommand } from '../../../../lib/cli/commands/redrive-command.ts';
import { type ReplayOptions, replayCommand } from '../../../../lib/cli/commands/replay-command.ts';
import { type ScanOptions, scanCommand } from '../../../../lib/cli/commands/scan-command.ts';
import { type UndoOptions, undoCommand } from '../../../../lib/cli/commands/undo-command.ts';
import { fakeTerminal } from '../terminal.ts';

/** What a command's function is called with, or what the person is told instead. */
async function parsed(definition: CommandDefinition, ...argv: string[]): Promise<unknown> {
  const terminal = fakeTerminal();
  let options: unknown;
  const definitions = [
    {
      ...definition,
      run(given: unknown) {
        options = given;
        return Promise.resolve(0 as const);
      },
    },
  ];
  const program = buildProgram({ terminal, end: () => {}, definitions });
  await program
    .parseAsync([definition.name, ...argv], { from: 'user' })
    .catch((error: Error) => terminal.io.error(error.message));
  return options ?? terminal.stderr[0];
}

const GLOBAL: GlobalOptions = { color: true, quiet: false, verbose: false, debug: false };
const ARN = 'arn:aws:iam::111122223333:role/team/eks-nodes';

describe('what a command gets that is told nothing', () => {
  test.each<[CommandDefinition, string[], object]>([
    [scanCommand, [], { ...GLOBAL, concurrency: 8, output: 'table', fail: false, strict: false } satisfies ScanOptions],
    [explainCommand, [], { ...GLOBAL, output: 'table' } satisfies ExplainOptions],
    [
      fixCommand,
      [],
      {
        ...GLOBAL,
        concurrency: 8,
        output: 'table',
        namePrefix: 'eks-rebind-',
        yes: false,
        dryRun: false,
      } satisfies FixOptions,
    ],
    [
      undoCommand,
      ['fix.jsonl'],
      {
        ...GLOBAL,
        source: 'fix.jsonl',
        output: 'table',
        namePrefix: 'eks-rebind-',
        yes: false,
        dryRun: false,
      } satisfies UndoOptions,
    ],
    [
      executionsCommand,
      [],
      { ...GLOBAL, output: 'table', namePrefix: 'eks-rebind-', waiting: false } satisfies ExecutionsOptions,
    ],
    [
      redriveCommand,
      [],
      {
        ...GLOBAL,
        executions: [],
        output: 'table',
        namePrefix: 'eks-rebind-',
        yes: false,
        dryRun: false,
      } satisfies RedriveOptions,
    ],
    ...[approveCommand, denyCommand].map((command): [CommandDefinition, string[], object] => [
      command,
      ['0123456789abcdef01234567'],
      {
        ...GLOBAL,
        question: '0123456789abcdef01234567',
        output: 'table',
        namePrefix: 'eks-rebind-',
        yes: false,
        dryRun: false,
      } satisfies AnswerOptions,
    ]),
    [
      replayCommand,
      ['event.json'],
      {
        ...GLOBAL,
        event: 'event.json',
        output: 'table',
        namePrefix: 'eks-rebind-',
        yes: false,
        dryRun: false,
      } satisfies ReplayOptions,
    ],
  ])('$name', async (definition, argv, options) => {
    expect(await parsed(definition, ...argv)).toMatchObject(options);
  });
});

describe('options', () => {
  test.each<[string, CommandDefinition, string[], object]>([
    [
      '--region may be repeated',
      scanCommand,
      ['--region', 'us-east-1', '--region', 'eu-central-1'],
      { region: ['us-east-1', 'eu-central-1'] },
    ],
    ['--cluster may be repeated', scanCommand, ['--cluster', 'a', '--cluster', 'b'], { cluster: ['a', 'b'] }],
    ['--role takes a name', scanCommand, ['--role', 'eks-nodes'], { role: 'eks-nodes' }],
    ['--principal-arn takes an ARN', scanCommand, ['--principal-arn', ARN], { principalArn: ARN }],
    ['-o is --output', scanCommand, ['-o', 'sarif'], { output: 'sarif' }],
    ['--fail and --strict are off unless given', scanCommand, ['--fail', '--strict'], { fail: true, strict: true }],
    ['--concurrency takes a number', scanCommand, ['--concurrency', '64'], { concurrency: 64 }],
    ['--approve is --yes', fixCommand, ['--approve'], { yes: true, dryRun: false }],
    ['--dry-run alone says so', fixCommand, ['--dry-run'], { yes: false, dryRun: true }],
    ['--max-rebinds takes a number', fixCommand, ['--max-rebinds', '20'], { maxRebinds: { count: 20 } }],
    ['--max-rebinds takes percent', fixCommand, ['--max-rebinds', '5%'], { maxRebinds: { percent: 5 } }],
    [
      '--status takes either case',
      executionsCommand,
      ['--status', 'failed', '--status', 'TIMED_OUT'],
      { status: ['FAILED', 'TIMED_OUT'] },
    ],
    ['executions may be many', redriveCommand, ['one', 'two'], { executions: ['one', 'two'] }],
    [
      'explain takes a cluster and a principal',
      explainCommand,
      ['platform', 'eks-nodes'],
      { cluster: 'platform', principal: 'eks-nodes' },
    ],
    [
      '-v, --quiet, --debug and --no-color go with every command',
      scanCommand,
      ['-v', '--quiet', '--debug', '--no-color'],
      { verbose: true, quiet: true, debug: true, color: false },
    ],
  ])('%s', async (_, definition, argv, options) => {
    expect(await parsed(definition, ...argv)).toMatchObject(options);
  });

  test.each<[string, CommandDefinition, string[], RegExp]>([
    [
      'a role with its path',
      scanCommand,
      ['--role', 'team/eks-nodes'],
      /--role takes a role's name without its path, .*, not 'team\/eks-nodes'$/,
    ],
    ['an ARN for a name', scanCommand, ['--role', ARN], /; --principal-arn takes an ARN$/],
    [
      'a name for an ARN',
      scanCommand,
      ['--principal-arn', 'eks-nodes'],
      /--principal-arn takes the ARN of a role or user, .*, not 'eks-nodes'/,
    ],
    ['both of a principal’s names', scanCommand, ['--role', 'a', '--principal-arn', ARN], /cannot be used with/],
    [
      'a cluster that can be none',
      scanCommand,
      ['--cluster', 'a b'],
      /--cluster takes a cluster's name, such as prod, not 'a b'/,
    ],
    ['a form that is none', fixCommand, ['-o', 'csv'], /Allowed choices are table, json, yaml/],
    ['no concurrency', scanCommand, ['--concurrency', '0'], /--concurrency takes a whole number from 1 to 64, not '0'/],
    ['more percent than there are', fixCommand, ['--max-rebinds', '101%'], /--max-rebinds takes .*, not '101%'/],
    [
      'a limit that is none',
      fixCommand,
      ['--max-rebinds', 'few'],
      /--max-rebinds takes a number of entries, .* or percent of them, .*, not 'few'/,
    ],
    ['a yes with a dry run', fixCommand, ['--yes', '--dry-run'], /--dry-run' cannot be used with option '--yes'/],
    [
      'an approval with a dry run',
      fixCommand,
      ['--approve', '--dry-run'],
      /--dry-run' cannot be used with option '--(yes|approve)'/,
    ],
    [
      'another ledger for what is resumed',
      fixCommand,
      ['--resume', 'a', '--ledger', 'b'],
      /--resume <file>' cannot be used with option '--ledger <file>'/,
    ],
    [
      'a status that is none',
      redriveCommand,
      ['--status', 'RUNNING'],
      /--status takes one of FAILED, TIMED_OUT, ABORTED, not 'RUNNING'/,
    ],
    ['no event', replayCommand, [], /missing required argument 'event'/],
  ])('refuse %s', async (_, definition, argv, words) => {
    expect(await parsed(definition, ...argv)).toMatch(words);
  });
});
