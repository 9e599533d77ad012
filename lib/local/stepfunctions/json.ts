/** A JSON value: what every state takes and gives. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json };

/** Whether a value is a JSON object, not an array or `null`. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Input and output may hold 256 KiB, counted in UTF-8 bytes, not characters (Step Functions quotas; asl-facts: Limits).
const MAX_BYTES = 262_144;

/** Whether a text is longer than Step Functions lets an input, an output or a result be. */
export function exceedsDataLimit(text: string): boolean {
  // A UTF-16 unit is one to three bytes in UTF-8: most texts need no counting.
  if (text.length * 3 <= MAX_BYTES) return false;
  return text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES;
}
