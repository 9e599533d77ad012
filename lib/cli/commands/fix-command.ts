import { Option } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import {
  concurrencyOption,
  connectionOptions,
  type DataFormat,
  maxRebindsOption,
  namePrefixOption,
  outputOption,
  selectionOptions,
  type SelectionOptions,
  writeOptions,
  type WriteOptions,
} from './common-options.ts';
import type { MaxRebinds } from './parse-max-rebinds.ts';

/** What `eks-rebind fix` can be told. */
export interface FixOptions extends ConnectionOptions, SelectionOptions, WriteOptions, GlobalOptions {
  readonly concurrency: number;
  readonly output: DataFormat;
  readonly namePrefix: string;
  /** @default no limit */
  readonly maxRebinds?: MaxRebinds;
  /** A ledger file to finish what was begun; nothing else is looked at. */
  readonly resume?: string;
  /** Where the ledger file of this run goes. @default a new file in the current directory, named by the time */
  readonly ledger?: string;
}

/** `eks-rebind fix`. */
export const fixCommand: CommandDefinition = {
  name: 'fix',
  description:
    'Plans to rebind stale entries, shows what they hold and why the guard lets it, and does it after a yes.',
  options: [
    ...connectionOptions(),
    namePrefixOption(),
    ...selectionOptions(),
    ...writeOptions(),
    maxRebindsOption(),
    new Option('--ledger <file>', 'file that remembers what was there, so that nothing is lost (default: a new one)'),
    new Option('--resume <file>', 'finish what such a file says was begun').conflicts(['ledger', 'maxRebinds']),
    concurrencyOption(),
    outputOption('table', 'json', 'yaml'),
  ],
  examples: [
    { line: 'eks-rebind fix --cluster platform --dry-run', says: 'the plan alone' },
    { line: 'eks-rebind fix --cluster platform --role eks-nodes', says: 'the plan, then a question' },
    {
      line: 'eks-rebind fix --region all --max-rebinds 20 --yes',
      says: 'without a question, and not for more than 20',
    },
    { line: 'eks-rebind fix --resume eks-rebind-20261124T030000Z.ledger.jsonl', says: 'go on after a crash' },
  ],
  exitCodes: { 2: 'nothing was changed: nobody was there to say yes' },
  run: async (options: FixOptions, terminal) => (await import('../fix/fix.ts')).fix(options, terminal),
};
