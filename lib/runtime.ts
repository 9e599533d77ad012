import type { HttpHandler } from '@smithy/core/protocols';

/** Time as product code sees it: a real clock in Lambda, a virtual one in tests and in the demo. */
export interface Clock {
  /** The time, in milliseconds since 1970. */
  now(): number;
  /** Resolves when `milliseconds` of this clock's time have passed. */
  pause(milliseconds: number): Promise<void>;
  /** The same for what nobody waits for: it keeps neither a process alive nor a virtual clock going. @default `pause` */
  readonly pauseInBackground?: (milliseconds: number) => Promise<void>;
  /** Runs work whose end the clock can't see (a call on its way to AWS): a virtual clock stands still meanwhile. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** Runs, inside of `busy` work, something that waits (a `pause`, or other busy work): a virtual clock may go on meanwhile. */
  idle<T>(work: () => Promise<T>): Promise<T>;
}

/** Chance as product code sees it: a number from 0 up to, not including, 1. */
export type Random = () => number;

/** The world that product code gets handed in; nothing else is read from the process. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes one line of log output, without its line end. */
  readonly write: (line: string) => void;
  /** What is under way, for whoever writes lines: step, request, execution and cause. @default nothing is told */
  readonly about?: () => Readonly<Record<string, unknown>>;
  /** Carries AWS calls in-process; without it they go over the network. */
  readonly requestHandler?: HttpHandler;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  pauseInBackground: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
  busy: (work) => work(),
  idle: (work) => work(),
};
