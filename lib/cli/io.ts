import type { Runtime } from '../runtime.ts';

/** What a command ends with; lib/cli/commands/exit-codes.ts says what each means. */
export type ExitCode = 0 | 1 | 2 | 3 | 130 | 143;

/** What a command ends with that was told to stop. */
export const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Where a command's words go. Each takes one line, or a whole document, without its last line end. */
export interface Io {
  /** Takes data only. */
  readonly stdout: (line: string) => void;
  /** Takes notes, which `--quiet` leaves out. */
  readonly stderr: (line: string) => void;
  /** Takes what went wrong, on stderr even with `--quiet`. */
  readonly error: (line: string) => void;
  /** Whether a person at a terminal reads stdout and wants colours. */
  readonly isTty: boolean;
  /** Whether progress may be drawn. */
  readonly isStderrTty: boolean;
  /** Takes the place of the last progress line on a terminal; does nothing elsewhere. */
  readonly progress: (line: string) => void;
}

/** A mistake of whoever typed the command: one line says what is wrong and what to do, no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The process a command runs in, as far as a command may see it. */
export interface Terminal {
  readonly io: Io;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person can be asked: stdin and stderr are terminals. */
  readonly isInteractive: boolean;
  /** One line from a person; only when `isInteractive`. The end of input is an empty answer. */
  readonly ask: (question: string) => Promise<string>;
  /** All of stdin. */
  readonly readInput: () => Promise<string>;
  /** Resolves when the process is told to stop; asked for only by commands that end by themselves then. */
  readonly untilSignal: () => Promise<'SIGINT' | 'SIGTERM'>;
  readonly runtime: Runtime;
  /** Has the process hold less memory and take more time. @default it is left as it is */
  readonly spareMemory?: () => Promise<void>;
}
