import { COMMANDS } from '../commands/commands.ts';
import type { CompletionOptions } from '../commands/completion-command.ts';
import type { ExitCode, Terminal } from '../io.ts';
import { bashScript } from './bash-script.ts';
import { completable } from './completable.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints the script that completes commands in a shell. */
export function completion({ shell }: CompletionOptions, { io }: Terminal): Promise<ExitCode> {
  io.stdout(SCRIPTS[shell](completable(COMMANDS)));
  return Promise.resolve(0);
}
