import type { Argument, Option, OptionValues } from 'commander';
import type { ExitCode, Terminal } from '../io.ts';

/** A command line that works as it is, and what it is for. */
interface Example {
  readonly line: string;
  readonly says: string;
}

/** What a command is called with and answers; what it does is loaded when it is run. */
export interface CommandDefinition {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly arguments?: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** Lines that stand below the examples. */
  readonly notes?: readonly string[];
  /** What its exit codes mean, where that is more than what they always mean. */
  readonly exitCodes: Partial<Record<ExitCode, string>>;
  /** Gets options and arguments by name, with those that every command has. */
  run(options: OptionValues, terminal: Terminal): Promise<ExitCode>;
}

/** Options that every command has. */
export interface GlobalOptions {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
}
