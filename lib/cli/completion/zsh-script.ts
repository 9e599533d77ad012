import { type Completable, type Flag, GLOBAL_FLAGS, type Value } from './completable.ts';

/** A script for zsh: as a file `_eks-rebind` in `fpath`, or evaluated after `compinit`. */
export function zshScript(commands: readonly Completable[]): string {
  return [
    '#compdef eks-rebind',
    '_eks_rebind() {',
    '  local context state state_descr line curcontext=$curcontext',
    '  typeset -A opt_args',
    '  local -a commands=(',
    ...commands.map(({ name, says }) => `    ${quoted(`${name}:${says.replaceAll(':', String.raw`\:`)}`)}`),
    '  )',
    `  _arguments -C ${GLOBAL_FLAGS.flatMap(specs).join(' ')} '1: :->command' '*:: :->rest'`,
    '  case $state in',
    "    command) _describe 'command' commands ;;",
    '    rest)',
    '      case $words[1] in',
    ...commands.map((command) => `        ${command.name}) ${commandSpecs(command)} ;;`),
    '      esac ;;',
    '  esac',
    '}',
    'if [[ $funcstack[1] == _eks-rebind ]]; then _eks_rebind "$@"; else compdef _eks_rebind eks-rebind; fi',
  ].join('\n');
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function commandSpecs({ flags, argument }: Completable): string {
  const rest = argument === undefined ? [] : [quoted(`*:argument:${action(argument)}`)];
  return ['_arguments', ...flags.flatMap(specs), ...rest].join(' ');
}

function specs({ names, says, value }: Flag): string[] {
  const description = says.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  const follows = value === undefined ? '' : `:value:${action(value)}`;
  // `*`: zsh would offer it but once, and some may be repeated.
  // With `=`, zsh completes both `--output=json` and `--output json`.
  const typed = (name: string) => (value !== undefined && name.startsWith('--') ? `${name}=` : name);
  return names.map((name) => quoted(`*${typed(name)}[${description}]${follows}`));
}

function action(value: Value): string {
  if (value === 'file') return '_files';
  return value === 'anything' ? ' ' : `(${value.join(' ')})`;
}
