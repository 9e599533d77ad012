import { createVirtualClock } from '../../local/virtual-clock.ts';
import { type Clock, systemClock } from '../../runtime.ts';

/** The clock a story is told on. */
export interface StoryClock extends Clock {
  /** Lets time pass until the work is done. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Goes on to a later moment at which nothing has happened meanwhile. */
  skipTo(at: number): Promise<void>;
}

/** A clock on which waiting takes no time. */
export function virtualStoryClock(startAt: number): StoryClock {
  // Without a bound on busy work: a function's process may take its time, and ends itself in the end.
  const clock = createVirtualClock(startAt, Infinity);
  return { ...clock, skipTo: (at) => clock.pause(at - clock.now()) };
}

/** The machine's clock, set to the story's time; only what is skipped takes no time. */
export function realStoryClock(startAt: number): StoryClock {
  let ahead = startAt - systemClock.now();
  const now = () => systemClock.now() + ahead;
  return {
    ...systemClock,
    now,
    run: (work) => work(),
    async skipTo(at) {
      ahead += Math.max(0, at - now());
    },
  };
}
