import { Option } from 'commander';
import type { ConnectionOptions } from '../session/session.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import { connectionOptions, type DataFormat, namePrefixOption, outputOption } from './common-options.ts';
import { oneOf, repeatable } from './repeatable.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];
const MACHINES = ['role-changed', 'rebind-entry', 'sweep'];

/** What `eks-rebind executions` can be told. */
export interface ExecutionsOptions extends ConnectionOptions, GlobalOptions {
  readonly namePrefix: string;
  /** As it was typed: `36h`, or a time. @default as far back as AWS remembers */
  readonly since?: string;
  /** @default any */
  readonly status?: readonly string[];
  /** What started them. @default anything */
  readonly cause?: string;
  /** @default all three */
  readonly machine?: readonly string[];
  /** Only those that wait for a person's answer. */
  readonly waiting: boolean;
  readonly output: DataFormat;
}

/** `eks-rebind executions`. */
export const executionsCommand: CommandDefinition = {
  name: 'executions',
  description: 'Lists what the deployed service did and does, with how each execution ended and a link to it.',
  options: [
    ...connectionOptions(),
    namePrefixOption(),
    new Option('--since <time>', 'started since: 90m, 36h, 14d, or a time such as 2026-11-24T09:00:00Z'),
    new Option('--status <status>', 'in this status; repeatable')
      .choices(STATUSES)
      .argParser(repeatable(oneOf('--status', STATUSES))),
    new Option('--cause <cause>', "what started them: event, sweep or person, or an event's id"),
    new Option('--machine <name>', 'of this state machine: role-changed, rebind-entry or sweep; repeatable')
      .choices(MACHINES)
      .argParser(repeatable(oneOf('--machine', MACHINES))),
    new Option('--waiting', "that wait for a person's answer, each with its question's id").conflicts([
      'since',
      'status',
      'cause',
      'machine',
    ]),
    outputOption('table', 'json', 'yaml'),
  ],
  examples: [
    { line: 'eks-rebind executions --since 36h', says: 'what happened since yesterday' },
    { line: 'eks-rebind executions --waiting', says: 'what people are asked' },
    { line: 'eks-rebind executions --status FAILED --status TIMED_OUT -o json', says: 'what needs somebody, as data' },
  ],
  exitCodes: {},
  run: async (options: ExecutionsOptions, terminal) =>
    (await import('../service/executions.ts')).executions(options, terminal),
};
