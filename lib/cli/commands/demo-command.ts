import { Option } from 'commander';
import type { DemoOptions } from '../demo.ts';
import { parseSeed } from '../parse-number.ts';
import type { CommandDefinition } from './command-definition.ts';

/** How functions are run by the commands that run the service here. */
export const bundledOption = (): Option =>
  new Option('--bundled', 'run the functions from the bundle that would be uploaded, each in a process of its own');

/** `eks-rebind demo`. */
export const demoCommand: CommandDefinition = {
  name: 'demo',
  description: 'Roles are deleted and made again on a local AWS; watch their access entries break and heal.',
  options: [
    new Option('--json', 'one JSON document on stdout instead of the timeline'),
    new Option('--event <file>', 'drive it with CloudTrail records or EventBridge events from a JSON file'),
    new Option('--seed <number>', 'chance repeats itself for the same seed').argParser(parseSeed).default(1),
    new Option('--real-time', "on the machine's own clock instead of a virtual one"),
    bundledOption(),
  ],
  examples: [
    { line: 'eks-rebind demo', says: 'the story, in seconds' },
    { line: 'eks-rebind demo --json --seed 7', says: 'as one JSON document; one seed, one document' },
    {
      line: 'eks-rebind demo --event records.json',
      says: 'your own CloudTrail records, gzipped or not, in a world built around them',
    },
    { line: 'eks-rebind demo --real-time', says: 'as slow as it is' },
  ],
  notes: ['In a clone: npm start, or npm start --silent -- --json.'],
  exitCodes: { 0: 'all is as promised', 1: "something isn't (stderr says what), or the command was wrong" },
  run: async (options: DemoOptions, terminal) => (await import('../demo.ts')).demo(options, terminal),
};
