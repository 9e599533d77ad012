import type { Clock } from '../../runtime.ts';

// A timer of the machine holds 31 bits of milliseconds and fires at once when asked for more (Node, timers): 24.8 days.
const LONGEST_MS = 2 ** 31 - 1;

/** Pauses for any length of time, up to the year that an execution may take, in pieces that a timer can hold. */
export async function longPause(clock: Clock, milliseconds: number): Promise<void> {
  let left = milliseconds;
  while (left > LONGEST_MS) {
    await clock.pause(LONGEST_MS);
    left -= LONGEST_MS;
  }
  await clock.pause(left);
}
