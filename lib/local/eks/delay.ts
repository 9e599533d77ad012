import type { Random } from '../../runtime.ts';
import type { Delay } from '../iam/read-lag.ts';

/** One drawn delay, in whole milliseconds. */
export function drawDelay(delay: Delay, random: Random): number {
  if (typeof delay === 'number') return delay;
  return Math.floor(delay.from + random() * (delay.to - delay.from));
}
