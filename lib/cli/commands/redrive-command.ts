import { Argument, Option } from 'commander';
import type { CommandDefinition } from './command-definition.ts';
import { type ChangeOptions, changeOptions } from './common-options.ts';
import { oneOf, repeatable } from './repeatable.ts';

const STATUSES = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** What `eks-rebind redrive` can be told. */
export interface RedriveOptions extends ChangeOptions {
  /** Names or ARNs. @default those that the options choose */
  readonly executions: readonly string[];
  /** As it was typed: `36h`, or a time. */
  readonly since?: string;
  /** @default each that can be redriven */
  readonly status?: readonly string[];
  /** What started them. @default anything */
  readonly cause?: string;
}

/** `eks-rebind redrive`. */
export const redriveCommand: CommandDefinition = {
  name: 'redrive',
  description:
    'Lets failed executions go on from the step they failed at; starts anew what AWS lets nobody redrive any more.',
  arguments: [new Argument('[executions...]', "executions' names or ARNs; or choose by --since, --status, --cause")],
  options: changeOptions(
    new Option('--since <time>', 'ended since: 90m, 36h, 14d, or a time such as 2026-11-24T09:00:00Z'),
    new Option('--status <status>', 'in this status; repeatable')
      .choices(STATUSES)
      .argParser(repeatable(oneOf('--status', STATUSES))),
    new Option('--cause <cause>', "what started them: event, sweep or person, or an event's id"),
  ),
  examples: [
    { line: 'eks-rebind redrive --since 36h --dry-run', says: 'what would be redriven' },
    { line: 'eks-rebind redrive --since 36h --status FAILED --yes', says: 'redrive it' },
  ],
  notes: ['AWS redrives an execution for 14 days after its end; one that is older is started anew.'],
  exitCodes: { 2: 'nothing was changed: nobody was there to say yes' },
  run: async (options: RedriveOptions, terminal) => (await import('../service/redrive.ts')).redrive(options, terminal),
};
