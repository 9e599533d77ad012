import { type Completable, type Flag, GLOBAL_FLAGS, type Value } from './completable.ts';

/** A script for fish. */
export function fishScript(commands: readonly Completable[]): string {
  return [
    'complete -c eks-rebind -f',
    ...GLOBAL_FLAGS.map((flag) => flagLine('__fish_use_subcommand', flag)),
    ...commands.flatMap(({ name, says, flags, argument }) => {
      const seen = `__fish_seen_subcommand_from ${name}`;
      return [
        `complete -c eks-rebind -n __fish_use_subcommand -a ${name} -d ${quoted(says)}`,
        ...flags.map((flag) => flagLine(seen, flag)),
        ...(argument === undefined ? [] : argumentLines(seen, argument)),
      ];
    }),
  ].join('\n');
}

const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

function flagLine(condition: string, { names, says, value }: Flag): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const follows = value === undefined ? [] : [followed(value)];
  return [`complete -c eks-rebind -n ${quoted(condition)}`, ...flags, ...follows, `-d ${quoted(says)}`].join(' ');
}

function followed(value: Value): string {
  if (value === 'file') return '-r -F';
  return value === 'anything' ? '-x' : `-x -a ${quoted(value.join(' '))}`;
}

function argumentLines(condition: string, value: Value): string[] {
  if (value === 'anything') return [];
  const offered = value === 'file' ? '-F' : `-a ${quoted(value.join(' '))}`;
  return [`complete -c eks-rebind -n ${quoted(condition)} ${offered}`];
}
