import { createBusyCount } from './busy-count.ts';
import type { Clock } from '../runtime.ts';

/** A clock whose time passes only when nothing else is left to do: an hour of waits takes milliseconds. */
export interface VirtualClock extends Clock {
  /**
   * Runs work to its end and lets time pass for it. Sleepers in the background go on meanwhile and stand still between two runs.
   * Rejects with `NothingLeftToWaitFor` when the work can't end any more, with `BusyWithoutEnd` when busy work hangs, and
   * with `TimeStandsStill` when a loop pauses for no time.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** The work has not ended, and nobody sleeps: no passing of time could end it. */
class NothingLeftToWaitFor extends Error {
  override readonly name = 'NothingLeftToWaitFor';
}

/** Work counted as busy neither ended nor went idle, though the event loop turned millions of times. */
class BusyWithoutEnd extends Error {
  override readonly name = 'BusyWithoutEnd';
}

/** Sleepers keep waking at one instant: a loop pauses for no time at all, and would go on for ever. */
class TimeStandsStill extends Error {
  override readonly name = 'TimeStandsStill';
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
  /** Nobody waits for it: it wakes in its turn, but time doesn't pass for it alone. */
  readonly isInBackground: boolean;
}

// Work that nothing counts (a promise chain, a stream in memory) gets a few turns of the event loop to show itself: promise
// chains run dry within one, an in-memory stream within two or three.
const QUIET_TURNS = 8;

// A turn takes about a microsecond when nothing happens, so this is many seconds: far more than loading a module takes.
const TURNS_BUSY_AT_MOST = 10_000_000;

// Ten thousand entries that all wake at one instant are a story; a hundred times as many are a loop.
const WAKES_AT_ONE_INSTANT = 1_000_000;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A virtual clock that starts at `startMs`, in milliseconds since 1970. */
export function createVirtualClock(
  startMs: number,
  turnsBusyAtMost = TURNS_BUSY_AT_MOST,
  wakesAtMost = WAKES_AT_ONE_INSTANT,
): VirtualClock {
  let time = startMs;
  let driving = false;
  const { busy, idle, isBusy } = createBusyCount();
  // In order of waking: by time, then by who slept first.
  const sleepers: Sleeper[] = [];
  const unfinished = new Set<(reason: Error) => void>();

  function sleep(milliseconds: number, isInBackground: boolean): Promise<void> {
    if (!Number.isFinite(milliseconds)) throw new RangeError(`cannot pause for ${milliseconds} ms`);
    return new Promise((wake) => {
      const at = time + Math.max(0, milliseconds);
      sleepers.splice(sleepers.findLastIndex((sleeper) => sleeper.at <= at) + 1, 0, { at, wake, isInBackground });
    });
  }

  function giveUp(reason: Error): void {
    for (const reject of unfinished) reject(reason);
    unfinished.clear();
  }

  /** Lets the event loop turn until nobody is busy and nothing has stirred for a while. */
  async function quiet(): Promise<void> {
    let quietTurns = 0;
    for (let turns = 0; quietTurns < QUIET_TURNS && unfinished.size > 0; turns++) {
      await turn();
      quietTurns = isBusy() ? 0 : quietTurns + 1;
      if (turns >= turnsBusyAtMost) {
        giveUp(new BusyWithoutEnd('busy work does not end: does it pause outside of clock.idle()?'));
      }
    }
  }

  async function drive(): Promise<void> {
    driving = true;
    let wakes = 0;
    while (unfinished.size > 0) {
      await quiet();
      if (unfinished.size === 0) break;
      const next = sleepers.some(({ isInBackground }) => !isInBackground) ? sleepers.shift() : undefined;
      if (next) {
        wakes = next.at === time ? wakes + 1 : 0;
        if (wakes > wakesAtMost)
          giveUp(new TimeStandsStill(`${wakes} sleepers woke and time did not pass: a loop pauses for 0 ms`));
        time = next.at;
        next.wake();
      } else {
        giveUp(new NothingLeftToWaitFor('the work has not ended, and nothing is left that time could end'));
      }
    }
    driving = false;
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    const stuck = Promise.withResolvers<never>();
    unfinished.add(stuck.reject);
    try {
      const running = work();
      if (!driving) void drive();
      return await Promise.race([running, stuck.promise]);
    } finally {
      unfinished.delete(stuck.reject);
    }
  }

  return {
    now: () => time,
    pause: (milliseconds) => sleep(milliseconds, false),
    pauseInBackground: (milliseconds) => sleep(milliseconds, true),
    busy,
    idle,
    run,
  };
}
