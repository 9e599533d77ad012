import type { Argument, Option } from 'commander';
import type { ExitCode } from '../io.ts';
import type { CommandDefinition } from './command-definition.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** docs/cli.md: what `--help` says of every command, on one page. */
export function cliPage(definitions: readonly CommandDefinition[]): string {
  return [
    '# The command line',
    '',
    '`npm run docs` makes this page from the definitions in [lib/cli/commands](../lib/cli/commands); `eks-rebind COMMAND --help` says the same. In a clone, `npm run --silent cli --` is `eks-rebind`.',
    '',
    'Reading never asks. Writing plans, shows what it would do and asks; `--yes` goes ahead. Where nobody can be asked and `--yes` is not given, nothing is changed. Data goes to stdout, in one document, all else to stderr.',
    '',
    ...table(
      ['command', 'what it does'],
      definitions.map(({ name, description }) => [`[${name}](#${name})`, description]),
    ),
    '## Exit codes',
    '',
    'Where several apply, 1 beats 3 beats 2.',
    '',
    ...table(['code', 'meaning'], codes(EXIT_CODES)),
    '## Options of every command',
    '',
    ...optionTable(GLOBAL_OPTIONS),
    ...definitions.flatMap(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function section({
  name,
  description,
  arguments: words = [],
  options,
  examples,
  notes = [],
  exitCodes,
}: CommandDefinition): string[] {
  const usage = ['eks-rebind', name, '[options]', ...words.map(shownArgument)].join(' ');
  const prose = notes.filter((note) => !note.startsWith(' '));
  const meanings = codes(exitCodes).map(([code, says]) => `${code} ${says}`);
  return [
    `## ${name}`,
    '',
    description,
    '',
    '```text',
    usage,
    '```',
    '',
    ...(words.length > 0
      ? table(
          ['argument', ''],
          words.map((word) => [`\`${shownArgument(word)}\``, word.description]),
        )
      : []),
    ...(options.length > 0 ? optionTable(options) : []),
    'Examples:',
    '',
    '```sh',
    ...examples.flatMap(({ line, says }) => [`# ${says}`, line]),
    '```',
    '',
    ...prose.flatMap((note) => [note.replace(/:$/, '.'), '']),
    ...(meanings.length > 0 ? [`Exit codes: ${meanings.join('; ')}.`, ''] : []),
  ];
}

const codes = (meanings: Partial<Record<ExitCode, string>>) => Object.entries(meanings);

function shownArgument(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionTable(options: readonly Option[]): string[] {
  const rows = options.map((option) => {
    const { flags, description, argChoices, defaultValue } = option;
    const choices = argChoices ? [`one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`] : [];
    const standard = defaultValue === undefined || option.negate ? [] : [`default \`${String(defaultValue)}\``];
    const more = [...choices, ...standard];
    return [`\`${flags}\``, more.length > 0 ? `${description} (${more.join('; ')})` : description];
  });
  return table(['option', ''], rows);
}

/** A table as the formatter leaves it. */
function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [headings, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = headings.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line), ''];
}
