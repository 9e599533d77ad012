import { Option } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import type { GlobalOptions } from './command-definition.ts';
import { parseMaxRebinds } from './parse-max-rebinds.ts';
import { parseAccount, parseCluster, parsePrincipalArn, parseRoleName } from './parse-names.ts';
import { parseConcurrency } from '../parse-number.ts';
import { repeatable } from './repeatable.ts';

/** What `-o` may be asked for, by every command that tells of more than one thing. */
export type DataFormat = 'table' | 'json' | 'yaml';
/** What `-o` may be asked for of a scan. */
export type ScanFormat = DataFormat | 'csv' | 'sarif' | 'junit';

/** Which entries. Both of a principal's names are never given at once. */
export interface SelectionOptions {
  /** @default every cluster of the regions */
  readonly cluster?: readonly string[];
  /** A role's name, in the account of the session. @default every principal */
  readonly role?: string;
  readonly principalArn?: string;
}

/** How a command that writes is told to. */
export interface WriteOptions {
  /** Nobody need be asked. */
  readonly yes: boolean;
  /** Nobody is asked, and nothing changed. */
  readonly dryRun: boolean;
}

/** What every command is told that changes something by way of the deployed service. */
export interface ChangeOptions extends ConnectionOptions, WriteOptions, GlobalOptions {
  readonly namePrefix: string;
  readonly output: DataFormat;
}

const connection = [
  new Option('--region <region>', "region to look at; repeatable, or 'all' (default: the environment's or profile's)")
    .argParser(repeatable())
    .helpGroup('Where:'),
  new Option('--profile <name>', 'profile of the AWS configuration files').helpGroup('Where:'),
  new Option('--account <id>', 'go on only with credentials for this account')
    .argParser(parseAccount)
    .helpGroup('Where:'),
];

const selection = [
  new Option('--cluster <name>', 'cluster to look at; repeatable (default: all)')
    .argParser(repeatable(parseCluster))
    .helpGroup('Which:'),
  new Option('--role <name>', 'entries of the role of this name (default: all entries)')
    .argParser(parseRoleName)
    .conflicts('principalArn')
    .helpGroup('Which:'),
  new Option('--principal-arn <arn>', 'entries of this role or user, of any account')
    .argParser(parsePrincipalArn)
    .helpGroup('Which:'),
];

/** Options of commands that reach AWS. */
export const connectionOptions = (): Option[] => connection;

/** Options of commands that look at access entries. */
export const selectionOptions = (): Option[] => selection;

/** How many clusters are read at once. */
export const concurrencyOption = (): Option =>
  new Option('--concurrency <number>', 'clusters read at once, 1 to 64').argParser(parseConcurrency).default(8);

/** The form that data is written in. */
export const outputOption = (...formats: readonly ScanFormat[]): Option =>
  new Option('-o, --output <format>', 'form of the data on stdout').choices(formats).default('table');

/** Options of commands that change something. */
export const writeOptions = (): Option[] => [
  new Option('--yes', 'go ahead without asking'),
  new Option('--approve', 'the same as --yes').implies({ yes: true }),
  new Option('--dry-run', 'show what would be done, and do none of it').conflicts(['yes', 'approve']),
];

/** How many entries one run may rebind. */
export const maxRebindsOption = (): Option =>
  new Option(
    '--max-rebinds <N|P%>',
    'change nothing where more entries, or more percent of them, are to be rebound',
  ).argParser(parseMaxRebinds);

/** How the deployed service is called. */
export const namePrefixOption = (): Option =>
  new Option('--name-prefix <prefix>', "prefix of the deployed service's names")
    .default('eks-rebind-')
    .helpGroup('Where:');

/** Options of commands that change something by way of the deployed service, with some of their own. */
export const changeOptions = (...own: readonly Option[]): Option[] => [
  ...connectionOptions(),
  namePrefixOption(),
  ...own,
  ...writeOptions(),
  outputOption('table', 'json', 'yaml'),
];
