import { type Completable, type Flag, GLOBAL_FLAGS } from './completable.ts';

/** A script for bash, from 3.2 (macOS) on. Where it offers nothing, readline completes files. */
export function bashScript(commands: readonly Completable[]): string {
  const values = commands.flatMap(({ name, flags }) => flags.flatMap((flag) => valueCase(name, flag)));
  return [
    '_eks_rebind() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word',
    '  COMPREPLY=()',
    // bash makes words of their own of `--output=json`'s parts.
    '  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    if [[ $word != -* ]]; then command=$word; break; fi',
    '  done',
    '  case "$command $prev" in',
    ...values.map((line) => `    ${line}`),
    '  esac',
    '  case $command in',
    `    '') ${offer([...commands.map(({ name }) => name), ...namesOf(GLOBAL_FLAGS)])} ;;`,
    ...commands.map((command) => `    ${command.name}) ${commandOffer(command)} ;;`),
    '  esac',
    '}',
    'complete -o default -F _eks_rebind eks-rebind',
  ].join('\n');
}

const namesOf = (flags: readonly Flag[]) => flags.flatMap(({ names }) => names);

const offer = (words: readonly string[]) => `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;

function valueCase(command: string, { names, value }: Flag): string[] {
  if (value === undefined) return [];
  const patterns = names.map((name) => `'${command} ${name}'`).join('|');
  return [`${patterns}) ${typeof value === 'string' ? 'return' : `${offer(value)}; return`} ;;`];
}

function commandOffer({ flags, argument }: Completable): string {
  const words = [...(Array.isArray(argument) ? argument : []), ...namesOf(flags)];
  // A name that may be a file's is not hidden behind options.
  return argument === 'file' ? `if [[ $cur == -* ]]; then ${offer(words)}; fi` : offer(words);
}
