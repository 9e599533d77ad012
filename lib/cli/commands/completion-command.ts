import { Argument } from 'commander';
import type { CommandDefinition } from './command-definition.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What `eks-rebind completion` can be told. */
export interface CompletionOptions {
  readonly shell: (typeof SHELLS)[number];
}

/** `eks-rebind completion`. */
export const completionCommand: CommandDefinition = {
  name: 'completion',
  description: 'Prints a script by which a shell completes commands, options and their choices.',
  arguments: [new Argument('<shell>', 'the shell').choices(SHELLS)],
  options: [],
  examples: [
    { line: 'eval "$(eks-rebind completion bash)"', says: 'in ~/.bashrc' },
    {
      line: 'eks-rebind completion zsh > ~/.zfunc/_eks-rebind',
      says: 'with fpath+=~/.zfunc before compinit in ~/.zshrc',
    },
    { line: 'eks-rebind completion fish > ~/.config/fish/completions/eks-rebind.fish', says: 'once' },
  ],
  exitCodes: {},
  run: async (options: CompletionOptions, terminal) =>
    (await import('../completion/completion.ts')).completion(options, terminal),
};
