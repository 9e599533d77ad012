import type { ExitCode, Terminal } from '../../../lib/cli/io.ts';
import { main } from '../../../lib/cli/main.ts';
import { type Runtime, systemClock } from '../../../lib/runtime.ts';

/** What a command wrote, and how it ended. */
export interface CommandResult {
  readonly code: ExitCode;
  readonly stdout: string[];
  readonly stderr: string[];
}

/** A terminal in memory: what was written to it, and what it was asked. */
export interface FakeTerminal extends Terminal {
  readonly stdout: string[];
  /** Notes and what went wrong. */
  readonly stderr: string[];
  /** Lines of progress, whether a later one took their place or not. */
  readonly drawn: string[];
  readonly questions: string[];
  /** What Ctrl-C or `kill` would send. */
  readonly raise: (signal: 'SIGINT' | 'SIGTERM') => void;
}

/** What a terminal may be told; by default it is none: nobody to ask, no colours, nothing on stdin, an empty environment. */
export interface FakeTerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A person's answers, one a question; with them, there is a person. @default nobody is there */
  readonly answers?: readonly string[];
  readonly input?: string;
  /** @default false */
  readonly isTty?: boolean;
  /** Clock, chance, and the local AWS's `requestHandler`. */
  readonly runtime?: Partial<Runtime>;
  /** Hears every line of stdout, as it is written. */
  readonly onStdout?: (line: string) => void;
}

/** Makes a terminal in memory. */
export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const { env = {}, answers, input = '', isTty = false, runtime, onStdout } = options;
  const [stdout, stderr, drawn, questions]: [string[], string[], string[], string[]] = [[], [], [], []];
  const { promise: signalled, resolve: raise } = Promise.withResolvers<'SIGINT' | 'SIGTERM'>();
  return {
    stdout,
    stderr,
    drawn,
    questions,
    raise,
    io: {
      stdout(line) {
        stdout.push(line);
        onStdout?.(line);
      },
      stderr: (line) => void stderr.push(line),
      error: (line) => void stderr.push(line),
      isTty,
      isStderrTty: isTty,
      progress: (line) => void drawn.push(line),
    },
    env,
    isInteractive: answers !== undefined,
    ask(question) {
      const answer = answers?.[questions.length];
      questions.push(question);
      if (answer === undefined) return Promise.reject(new Error(`nobody answers '${question}'`));
      return Promise.resolve(answer);
    },
    readInput: () => Promise.resolve(input),
    untilSignal: () => signalled,
    runtime: { env, clock: systemClock, random: () => 0.5, write: () => {}, ...runtime },
  };
}

/** Runs a command in a terminal. */
export async function runIn(terminal: FakeTerminal, ...argv: string[]): Promise<CommandResult> {
  const code = await main(argv, terminal);
  return { code, stdout: terminal.stdout, stderr: terminal.stderr };
}

/** Runs a command without a terminal. */
export const runCommand = (...argv: string[]): Promise<CommandResult> => runIn(fakeTerminal(), ...argv);
