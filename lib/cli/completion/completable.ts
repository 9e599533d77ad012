import type { Argument, Option } from 'commander';
import type { CommandDefinition } from '../commands/command-definition.ts';
import { GLOBAL_OPTIONS } from '../commands/global-options.ts';

/** What may follow: words to choose from, a file, or what only the person knows. */
export type Value = readonly string[] | 'file' | 'anything';

/** An option as a shell completes it. */
export interface Flag {
  /** As it is typed: `-o`, `--output`. */
  readonly names: readonly string[];
  readonly says: string;
  /** Absent where it stands alone. */
  readonly value?: Value;
}

/** A command as a shell completes it. */
export interface Completable {
  readonly name: string;
  readonly says: string;
  readonly flags: readonly Flag[];
  /** What its arguments may be; absent where it has none. */
  readonly argument?: Value;
}

const HELP: Flag = { names: ['-h', '--help'], says: 'display help' };

/** Flags that may stand before a command. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  HELP,
  { names: ['-V', '--version'], says: 'print the version' },
  ...GLOBAL_OPTIONS.map(flagOf),
];

/** What there is to complete of commands. */
export const completable = (definitions: readonly CommandDefinition[]): Completable[] =>
  definitions.map(({ name, description: says, options, arguments: [argument] = [] }) => ({
    name,
    says,
    flags: [...options.map(flagOf), ...GLOBAL_OPTIONS.map(flagOf), HELP],
    ...(argument && { argument: valueOf(argument, argument.description) }),
  }));

function flagOf(option: Option): Flag {
  const names = [option.short, option.long].filter((name) => name !== undefined);
  const says = option.description;
  return option.required || option.optional ? { names, says, value: valueOf(option, option.flags) } : { names, says };
}

function valueOf({ argChoices }: Argument | Option, words: string): Value {
  if (argChoices) return argChoices;
  return /\bfile\b/i.test(words) ? 'file' : 'anything';
}
