import { Argument } from 'commander';
import type { CommandDefinition } from './command-definition.ts';
import { type ChangeOptions, changeOptions } from './common-options.ts';

/** What `eks-rebind replay` can be told. */
export interface ReplayOptions extends ChangeOptions {
  /** A JSON file with the event, or `-` for stdin. */
  readonly event: string;
}

/** `eks-rebind replay`. */
export const replayCommand: CommandDefinition = {
  name: 'replay',
  description:
    'Gives the deployed service an event once more. It looks at the role as it is now, whatever the event says.',
  arguments: [new Argument('<event>', 'JSON file of a CloudTrail record or EventBridge event; - reads stdin')],
  options: changeOptions(),
  examples: [
    { line: 'eks-rebind replay create-role.json --dry-run', says: 'what would be started' },
    { line: 'eks-rebind replay create-role.json --yes', says: 'start it' },
  ],
  notes: ['To see what the service would do with it on a local AWS: eks-rebind demo --event FILE.'],
  exitCodes: { 2: 'nothing was started: nobody was there to say yes' },
  run: async (options: ReplayOptions, terminal) => (await import('../service/replay.ts')).replay(options, terminal),
};
