/** Where a command's words go. */
export interface Io {
  /** Takes one line of data, without its line end. */
  readonly stdout: (line: string) => void;
  /** Takes one line of notes or of what went wrong, without its line end. */
  readonly stderr: (line: string) => void;
  /** Whether a person at a terminal reads stdout: only then is anything coloured. */
  readonly isTty: boolean;
}

/** What a command ends with: 0 all as promised, 1 not so, 130 and 143 when told to stop. */
export type ExitCode = 0 | 1 | 130 | 143;

/** A mistake of whoever typed the command: one line says what is wrong, no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The process a command runs in, as far as a command may see it. */
export interface Terminal {
  readonly io: Io;
  /** Resolves when the process is told to stop; asked for only by commands that run until then. */
  readonly untilSignal: () => Promise<'SIGINT' | 'SIGTERM'>;
}
