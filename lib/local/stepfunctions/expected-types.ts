import type { ExpectedType } from './evaluate.ts';
import { isArray, isBoolean, isString, type Json } from './json.ts';

// The longest time that the States Language takes (developer guide: Task and Wait states).
const LONGEST_SECONDS = 99_999_999;

function number(type: string, from: number, to: number, whole: boolean): ExpectedType<number> {
  const holds = (value: Json): value is number =>
    typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value));
  return { type, holds };
}

/** A string. */
export const aString: ExpectedType<string> = { type: 'string', holds: isString };
/** A boolean. */
export const aBoolean: ExpectedType<boolean> = { type: 'boolean', holds: isBoolean };
/** An array: `Expected 'array'` is recorded for `Items`. */
export const anArray: ExpectedType<readonly Json[]> = { type: 'array', holds: isArray };
/** The length of a wait. */
export const waitSeconds = number('number', 0, LONGEST_SECONDS, false);
/** A time limit. */
export const limitSeconds = number('integer', 1, LONGEST_SECONDS, true);
/** A number of things. */
export const count = number('integer', 0, Number.MAX_SAFE_INTEGER, true);
/** A share of things. */
export const percentage = number('number', 0, 100, false);
