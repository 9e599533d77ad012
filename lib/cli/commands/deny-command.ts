import { Argument } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import {
  connectionOptions,
  type DataFormat,
  namePrefixOption,
  outputOption,
  writeOptions,
  type WriteOptions,
} from './common-options.ts';

/** What `eks-rebind deny` can be told. */
export interface DenyOptions extends ConnectionOptions, WriteOptions, GlobalOptions {
  /** The question's id, as the notification tells it. @default the one that is open */
  readonly question?: string;
  readonly namePrefix: string;
  readonly output: DataFormat;
}

/** `eks-rebind deny`. */
export const denyCommand: CommandDefinition = {
  name: 'deny',
  description: 'Answers a question of the guard: the role may not have the access of the one before it.',
  arguments: [
    new Argument('[question]', "the question's id, as the notification tells it; without it, the one that is open"),
  ],
  options: [...connectionOptions(), namePrefixOption(), ...writeOptions(), outputOption('table', 'json', 'yaml')],
  examples: [
    { line: 'eks-rebind deny 0123456789abcdef01234567 --dry-run', says: 'what is asked, and of whom' },
    { line: 'eks-rebind deny 0123456789abcdef01234567 --yes', says: 'answer without being asked again' },
  ],
  exitCodes: { 2: 'nothing was answered: nobody was there to say yes' },
  run: async (options: DenyOptions, terminal) => (await import('../service/deny.ts')).deny(options, terminal),
};
