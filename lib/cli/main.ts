import { CommanderError } from 'commander';
import { AppError, type Remedy } from '../core/errors.ts';
import { buildProgram } from './commands/build-program.ts';
import { type ExitCode, type Terminal, UsageError } from './io.ts';
import { safeIo } from './output/limited-terminal.ts';

const WHAT_TO_DO: Readonly<Record<Remedy, string>> = {
  retry: 'try again later',
  'fix-input': 'correct it and try again',
  report: 'the runbook says what to do',
};

/** Runs what was typed and answers the exit code. */
export async function main(argv: readonly string[], raw: Terminal): Promise<ExitCode> {
  const terminal = { ...raw, io: safeIo(raw.io) };
  let code: ExitCode = 0;
  const program = buildProgram({ terminal, end: (ended) => (code = ended) });
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

/** What went wrong and what to do. */
function inOneLine(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
  if (error instanceof UsageError) return message;
  if (error instanceof AppError) return `${message} (${error.name}: ${WHAT_TO_DO[error.remedy]})`;
  return `${error instanceof Error ? error.name : 'unknown'}: ${message}; --debug shows where it arose`;
}
