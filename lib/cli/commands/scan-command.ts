import { Option } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import { parseTable } from './parse-names.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import {
  concurrencyOption,
  connectionOptions,
  outputOption,
  type ScanFormat,
  selectionOptions,
  type SelectionOptions,
} from './common-options.ts';

/** What `eks-rebind scan` can be told. */
export interface ScanOptions extends ConnectionOptions, SelectionOptions, GlobalOptions {
  readonly concurrency: number;
  readonly output: ScanFormat;
  /** The deployed service's table. @default the one it has by default, where that can be read */
  readonly ledger?: string;
  /** Ends with 2 where something is stale. */
  readonly fail: boolean;
  /** Ends with 3 where something is unknown. */
  readonly strict: boolean;
}

/** `eks-rebind scan`. */
export const scanCommand: CommandDefinition = {
  name: 'scan',
  description: 'Tells of every access entry whether it still lets its role in, and since when not. Changes nothing.',
  options: [
    ...connectionOptions(),
    ...selectionOptions(),
    concurrencyOption(),
    outputOption('table', 'json', 'yaml', 'csv', 'sarif', 'junit'),
    new Option('--ledger <table>', "the service's table, if its name is not the default").argParser(parseTable),
    new Option('--fail', 'end with 2 where an entry is stale or missing'),
    new Option('--strict', 'end with 3 where something could not be looked at'),
  ],
  examples: [
    { line: 'eks-rebind scan', says: 'every cluster of the region' },
    { line: 'eks-rebind scan --region all --role eks-nodes', says: 'one role in every region of the account' },
    { line: 'eks-rebind scan --region us-east-1 --fail --strict -o junit > access.xml', says: 'a gate of a pipeline' },
    { line: 'eks-rebind scan -o json | jq .summary', says: 'data for a program' },
  ],
  run: async (options: ScanOptions, terminal) => (await import('../scan/scan.ts')).scan(options, terminal),
  exitCodes: { 2: 'with --fail: an entry is stale or missing', 3: 'with --strict: something could not be looked at' },
};
