import { Command, CommanderError } from 'commander';
import type { DemoOptions } from './demo.ts';
import { type ExitCode, type Terminal, UsageError } from './io.ts';
import type { LocalOptions } from './local.ts';
import { parseApprover } from './parse-arn.ts';
import { parsePort, parseSeed } from './parse-number.ts';

const DEMO_EXAMPLES = `
Examples:
  npm start                                             the story, in seconds
  npm start --silent -- --json --seed 7                 the same as one JSON document; one seed, one document
  npm start --silent -- --event records.json            your own CloudTrail records, gzipped or not, in a world built around them
  npm start -- --real-time                              as slow as it is

Exit codes: 0 all is as promised, 1 something isn't (stderr says what), or the command was wrong.`;

const LOCAL_EXAMPLES = `
Examples:
  npm run --silent local                                then, in another terminal: paste the export lines, break something
  npm run --silent local -- --port 0 --empty            any free port, no clusters
  npm run --silent local -- --no-service                the same AWS, and nobody who heals it

  aws iam delete-role --role-name … && aws iam create-role --role-name … --assume-role-policy-document …
  aws eks describe-access-entry --cluster-name … --principal-arn …

Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 1 if it can't start.`;

/** Commander writes whole texts that end their last line. */
const lines = (write: (line: string) => void) => (text: string) => write(text.replace(/\n$/, ''));

function commands(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const { io } = terminal;
  const program = new Command('eks-rebind')
    .description('Keeps EKS access entries bound to the living IAM role they name.')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: lines(io.stdout), writeErr: lines(io.stderr) })
    .helpCommand(false);
  // Subcommands inherit only what is set before they are added.
  program
    .command('demo')
    .description('Roles are deleted and made again on a local AWS; watch their access entries break and heal.')
    .option('--json', 'one JSON document on stdout instead of the timeline', false)
    .option('--event <file>', 'drive it with CloudTrail records or EventBridge events from a JSON file')
    .option('--seed <number>', 'chance repeats itself for the same seed', parseSeed, 1)
    .option('--real-time', "on the machine's own clock instead of a virtual one", false)
    .option(
      '--bundled',
      'run the functions from the bundle that would be uploaded, each in a process of its own',
      false,
    )
    .allowExcessArguments(false)
    .addHelpText('after', DEMO_EXAMPLES)
    // Loaded when it is asked for: the CDK takes its time, and help needs none of it.
    .action(async (options: DemoOptions) => {
      const { demo } = await import('./demo.ts');
      end(await demo(options, terminal));
    });
  program
    .command('local')
    .description('Serves the local AWS on one port of 127.0.0.1, with the service running in it, until Ctrl-C.')
    .option('--port <number>', 'port to listen on; 0 takes any free one', parsePort, 4566)
    .option('--empty', "without the story's clusters", false)
    .option('--no-service', 'without the service: nothing heals')
    .option('--approver <arn>', 'a role or user who may answer questions; without one nobody is asked', parseApprover)
    .option(
      '--bundled',
      'run the functions from the bundle that would be uploaded, each in a process of its own',
      false,
    )
    .allowExcessArguments(false)
    .addHelpText('after', LOCAL_EXAMPLES)
    .action(async (options: LocalOptions) => {
      const { local } = await import('./local.ts');
      end(await local(options, terminal));
    });
  return program;
}

/** Runs what was typed and answers the exit code. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await commands(terminal, (ended) => (code = ended)).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already, and `--help` ends this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (!(error instanceof UsageError)) throw error;
    terminal.io.error(`error: ${error.message}`);
    return 1;
  }
}
