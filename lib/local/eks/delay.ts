import type { Random } from '../../runtime.ts';

/** Milliseconds that something takes: always the same, or drawn evenly between two bounds. */
export type Delay = number | readonly [least: number, most: number];

/** One drawn delay, in whole milliseconds. */
export function drawDelay(delay: Delay, random: Random): number {
  if (typeof delay === 'number') return delay;
  const [least, most] = delay;
  return Math.floor(least + random() * (most - least));
}
