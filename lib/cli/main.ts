import { CommanderError } from 'commander';
import type { AppError, Remedy } from '../core/errors.ts';
import { buildProgram } from './commands/build-program.ts';
import { COMMANDS } from './commands/commands.ts';
import type { ExitCode, Terminal } from './io.ts';
import { safeTerminal } from './output/limited-terminal.ts';

const WHAT_TO_DO: Readonly<Record<Remedy, string>> = {
  retry: 'try again later',
  'fix-input': 'correct it and try again',
  report: 'the runbook says what to do',
};

/** Runs what was typed and answers the exit code. */
export async function main(argv: readonly string[], raw: Terminal, definitions = COMMANDS): Promise<ExitCode> {
  const terminal = safeTerminal(raw);
  let code: ExitCode = 0;
  const program = buildProgram({ terminal, end: (ended) => (code = ended), definitions });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already, and `--help` ends this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    terminal.io.error(`error: ${inOneLine(error)}`);
    if (program.opts()['debug'] && error instanceof Error) terminal.io.error(error.stack ?? error.message);
    return 1;
  }
}

/** What went wrong and what to do. Errors are known by what they carry: in the bundle, their classes are others than the commands'. */
function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return `unknown: ${String(error)}`;
  const message = error.message.replaceAll(/\s*\n\s*/g, ' ');
  if (error.name === 'UsageError') return message;
  if (isAppError(error)) return `${message} (${error.name}: ${WHAT_TO_DO[error.remedy]})`;
  return `${error.name}: ${message}; --debug shows where it arose`;
}

const isAppError = (error: Error): error is AppError =>
  'remedy' in error && typeof error.remedy === 'string' && error.remedy in WHAT_TO_DO;
