import { UsageError } from './io.ts';

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new UsageError(`${option} takes a whole number from 0 to ${most}, not '${text}'`);
}

/** A seed; chance is seeded with 32 bits. */
export const parseSeed = (text: string): number => wholeNumber('--seed', text, 2 ** 32 - 1);

/** A TCP port; 0 stands for any free one. */
export const parsePort = (text: string): number => wholeNumber('--port', text, 65_535);

/** How many clusters are read at once. */
export function parseConcurrency(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 64) return value;
  throw new UsageError(`--concurrency takes a whole number from 1 to 64, not '${text}'`);
}
