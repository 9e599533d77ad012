import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../runtime.ts';

interface Hold {
  /** How many `idle` works under it are waiting: it counts as busy while there are none. */
  waiting: number;
  ended: boolean;
  readonly outer: Hold | undefined;
}

/** Counts work whose end a virtual clock can't see. */
export interface BusyCount extends Pick<Clock, 'busy' | 'idle'> {
  readonly isBusy: () => boolean;
}

const holdsFrom = (hold: Hold | undefined): Hold[] => (hold ? [hold, ...holdsFrom(hold.outer)] : []);

/** Work left running in the background outlives the call it began in, which must not be kept in memory for it. */
const firstNotEnded = (hold: Hold | undefined): Hold | undefined => holdsFrom(hold).find(({ ended }) => !ended);

/**
 * Counts work in flight. `idle` gives back every count that the work around it holds, a call within a call included, and takes
 * them again when it ends; outside of busy work it changes nothing. Which counts those are follows the flow of `await`, so that
 * work left running in the background gives back nothing that isn't its own.
 */
export function createBusyCount(): BusyCount {
  const context = new AsyncLocalStorage<Hold | undefined>();
  const counted = new Set<Hold>();

  function recount(hold: Hold): void {
    if (hold.waiting === 0 && !hold.ended) counted.add(hold);
    else counted.delete(hold);
  }

  return {
    isBusy: () => counted.size > 0,
    async busy(work) {
      const hold: Hold = { waiting: 0, ended: false, outer: firstNotEnded(context.getStore()) };
      recount(hold);
      try {
        return await context.run(hold, work);
      } finally {
        hold.ended = true;
        recount(hold);
      }
    },
    async idle(work) {
      const holds = holdsFrom(context.getStore());
      const change = (by: 1 | -1) => {
        for (const hold of holds) {
          hold.waiting += by;
          recount(hold);
        }
      };
      change(1);
      try {
        return await context.run(undefined, work);
      } finally {
        change(-1);
      }
    },
  };
}
