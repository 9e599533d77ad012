/** A JSON value: what every state takes and gives. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json };

/** Whether a value is a JSON object, not an array or `null`. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a JSON array. */
export const isArray = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** Whether a value is a string. */
export const isString = (value: unknown): value is string => typeof value === 'string';

/** Whether a value is a boolean. */
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** Reads JSON text that is known to be JSON. */
export function readJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

// Input and output may hold 256 KiB, counted in UTF-8 bytes, not characters (Step Functions quotas).
const MAX_BYTES = 262_144;

/** Whether a text is longer than Step Functions lets an input, an output or a result be. */
export function exceedsDataLimit(text: string): boolean {
  // A UTF-16 unit is one to three bytes in UTF-8: most texts need no counting.
  if (text.length * 3 <= MAX_BYTES) return false;
  return text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES;
}
