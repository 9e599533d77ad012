import { Command, CommanderError } from 'commander';
import type { ExitCode, Terminal } from '../io.ts';
import { withGlobalOptions } from '../output/limited-terminal.ts';
import { packageVersion } from '../version.ts';
import type { CommandDefinition, GlobalOptions } from './command-definition.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** Commander writes whole texts that end their last line. */
const lines = (write: (line: string) => void) => (text: string) => write(text.replace(/\n$/, ''));

/** What becomes of commands. */
interface Program {
  readonly terminal: Terminal;
  /** Hears what the command that ran ended with. */
  readonly end: (code: ExitCode) => void;
  readonly definitions: readonly CommandDefinition[];
}

/** The commands as commander knows them. */
export function buildProgram({ terminal, end, definitions }: Program): Command {
  const { io } = terminal;
  const program = new Command('eks-rebind')
    .description('Keeps EKS access entries bound to the living IAM role they name.')
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      io.stdout(packageVersion());
      throw new CommanderError(0, 'commander.version', '');
    })
    .exitOverride()
    .configureOutput({
      writeOut: lines(io.stdout),
      writeErr: lines(io.error),
      // A suggestion (`Did you mean …?`) stands in a line of its own; an error is one line.
      outputError: (text, write) => write(text.trim().replaceAll('\n', ' ')),
    })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .addHelpText('after', exitCodes(EXIT_CODES, 'Exit codes (1 beats 3 beats 2):'));
  for (const option of GLOBAL_OPTIONS) program.addOption(option);
  for (const definition of definitions) {
    const command = addedTo(program, definition);
    command.action(async () => {
      const options = { ...notGiven(definition), ...command.optsWithGlobals<GlobalOptions>(), ...argumentsOf(command) };
      end(await definition.run(options, withGlobalOptions(terminal, options)));
    });
  }
  return program;
}

// Subcommands inherit only what is set before they are added.
function addedTo(program: Command, definition: CommandDefinition): Command {
  const codes = exitCodes(definition.exitCodes, 'Exit codes, beside those of eks-rebind --help:');
  const command = program
    .command(definition.name)
    .description(definition.description)
    .addHelpText('after', `${examples(definition)}${codes}`);
  for (const argument of definition.arguments ?? []) command.addArgument(argument);
  for (const option of definition.options) command.addOption(option);
  return command;
}

/** Options that are either given or not; as defaults of commander's, help would show each as false. */
function notGiven({ options }: CommandDefinition): Record<string, boolean> {
  const flags = [...options, ...GLOBAL_OPTIONS].filter((option) => option.isBoolean() && !option.negate);
  return Object.fromEntries(flags.map((option) => [option.attributeName(), false]));
}

function argumentsOf({ registeredArguments, processedArgs }: Command): Record<string, unknown> {
  return Object.fromEntries(registeredArguments.map((argument, index) => [argument.name(), processedArgs[index]]));
}

function examples({ examples: shown, notes = [] }: CommandDefinition): string {
  const lined = shown.flatMap(({ line, says }) => [`  # ${says}`, `  ${line}`]);
  return ['', 'Examples:', ...lined, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}

function exitCodes(codes: Partial<Record<ExitCode, string>>, heading: string): string {
  const told = Object.entries(codes).map(([code, says]) => `  ${code.padStart(3)}  ${says}`);
  return told.length > 0 ? ['', heading, ...told].join('\n') : '';
}
