import { Argument } from 'commander';
import type { CommandDefinition } from './command-definition.ts';
import { type ChangeOptions, changeOptions } from './common-options.ts';

/** What `eks-rebind undo` can be told. */
export interface UndoOptions extends ChangeOptions {
  /** A ledger file, or an execution's name or ARN. */
  readonly source: string;
}

/** `eks-rebind undo`. */
export const undoCommand: CommandDefinition = {
  name: 'undo',
  description: 'Gives entries back what they held before a rebind, where it has since been changed or lost.',
  arguments: [new Argument('<source>', "a ledger file of fix, or an execution's name or ARN")],
  options: changeOptions(),
  examples: [
    { line: 'eks-rebind undo eks-rebind-20261124T030000Z.ledger.jsonl --dry-run', says: 'what would be given back' },
    { line: 'eks-rebind undo eks-rebind-20261124T030000Z.ledger.jsonl --yes', says: 'give it back without a question' },
  ],
  exitCodes: { 2: 'nothing was changed: nobody was there to say yes' },
  run: async (options: UndoOptions, terminal) => (await import('../fix/undo.ts')).undo(options, terminal),
};
