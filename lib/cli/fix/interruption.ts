import { SIGNAL_EXIT_CODES, type Terminal } from '../io.ts';

type Signal = keyof typeof SIGNAL_EXIT_CODES;

/** Whether the person told the command to stop. */
export interface Interruption {
  /** Resolves once they do. */
  readonly interrupted: Promise<Signal>;
  isInterrupted(): boolean;
  /** What to end with then. */
  exitCode(): 130 | 143 | undefined;
  /** Waits for something, but no longer than until then. */
  orStopped<T>(work: Promise<T>): Promise<T | 'stopped'>;
}

/** Listens from now on: the process no longer ends by itself. */
export function listenForStop(terminal: Pick<Terminal, 'untilSignal'>): Interruption {
  let signal: Signal | undefined;
  const interrupted = terminal.untilSignal().then((told) => (signal = told));
  return {
    interrupted,
    isInterrupted: () => signal !== undefined,
    exitCode: () => signal && SIGNAL_EXIT_CODES[signal],
    orStopped: (work) => Promise.race([work, interrupted.then(() => 'stopped' as const)]),
  };
}
