import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../runtime.ts';

/** Chance that repeats itself: the same seed gives the same numbers in the same order. */
export function createSeededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** A whole number from 0 up to, not including, `limit`. */
export const randomBelow = (random: Random, limit: number): number => Math.floor(random() * limit);

/** A version 4 UUID, as request ids, event ids and access entry ARNs carry. */
export function randomUuid(random: Random): string {
  const digit = () => randomBelow(random, 16).toString(16);
  const digits = (count: number) => Array.from({ length: count }, digit).join('');
  const variant = (8 + randomBelow(random, 4)).toString(16);
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
}
