import type { Clock } from '../runtime.ts';

/** Lets few calls out at once, and lets them out more slowly after a throttle. */
export interface Limiter {
  /** Sends when it is this call's turn. `isThrottle` tells which failures mean "slow down". */
  send<T>(call: () => Promise<T>, isThrottle: (error: unknown) => boolean): Promise<T>;
}

// Tried with 100 calls against a bucket of 20 a second: the SDK's default at 100 at once finished 63, adaptive with 5 at once
// all 100. Few at once matters more than many attempts.
const AT_ONCE = 5;
// After a throttle calls go out at least 100 ms apart, twice as much after each further one; each success takes a tenth off.
const FIRST_GAP_MS = 100;
const LONGEST_GAP_MS = 2_000;
const RECOVERY = 0.9;
const NO_GAP_BELOW_MS = 10;

/** A limiter for the calls to one service in one region. Waiting is idle: a virtual clock may go on meanwhile. */
export function createLimiter(clock: Clock): Limiter {
  const queue: (() => void)[] = [];
  let out = 0;
  let gapMs = 0;
  let nextAt = 0;

  async function enter(): Promise<void> {
    if (out < AT_ONCE) {
      out++;
      return;
    }
    // The place is handed over by whoever leaves, so `out` stays as it is.
    await clock.idle(() => new Promise<void>((turn) => queue.push(turn)));
  }

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else out--;
  }

  async function keepDistance(): Promise<void> {
    const now = clock.now();
    const at = Math.max(now, nextAt);
    nextAt = at + gapMs;
    if (at > now) await clock.idle(() => clock.pause(at - now));
  }

  return {
    async send(call, isThrottle) {
      await enter();
      try {
        await keepDistance();
        const answer = await call();
        gapMs = gapMs * RECOVERY < NO_GAP_BELOW_MS ? 0 : gapMs * RECOVERY;
        return answer;
      } catch (error) {
        if (isThrottle(error)) {
          gapMs = Math.min(LONGEST_GAP_MS, Math.max(FIRST_GAP_MS, gapMs * 2));
          nextAt = Math.max(nextAt, clock.now() + gapMs);
        }
        throw error;
      } finally {
        leave();
      }
    },
  };
}
