import type { Diagnostics } from './diagnostics.ts';
import { expressionIn } from './expression.ts';
import { isArray, isObject, isString, type Json, type JsonObject } from './json.ts';

/** Checks the fields of one object in a definition. */
export interface FieldChecks {
  readonly object: JsonObject;
  readonly location: string;
  /** Names each field that is not among these. */
  only(known: readonly string[]): void;
  /** Names a field that is missing. */
  required(field: string): boolean;
  /** Names a field that is there but not of this kind. A field that may be an expression is left to run time if it is one. */
  kind(field: string, kind: Kind): void;
  /** Names any other problem of a field. */
  problem(field: string, message: string): void;
}

/** What a field may be. */
export interface Kind {
  readonly what: string;
  readonly holds: (value: Json) => boolean;
  readonly orExpression?: boolean;
}

const wholeNumber = (low: number, high: number) => (value: Json) =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;

/** The kinds of fields in the States Language. */
export const kinds = {
  string: { what: 'a string', holds: (value) => typeof value === 'string' },
  object: { what: 'an object', holds: isObject },
  array: { what: 'an array', holds: isArray },
  arrayOrExpression: { what: 'an array', holds: isArray, orExpression: true },
  true: { what: 'true', holds: (value) => value === true },
  boolean: { what: 'a boolean', holds: (value) => typeof value === 'boolean', orExpression: true },
  errorNames: {
    what: 'a list of error names, not empty',
    holds: (value) => isArray(value) && value.length > 0 && value.every(isString),
  },
  // Times are up to 99,999,999 seconds throughout the States Language (developer guide: Task, Wait, Retry).
  seconds: { what: 'a whole number from 0 to 99999999', holds: wholeNumber(0, 99_999_999), orExpression: true },
  timeout: { what: 'a whole number from 1 to 99999999', holds: wholeNumber(1, 99_999_999), orExpression: true },
  fixedTimeout: { what: 'a whole number from 1 to 99999999', holds: wholeNumber(1, 99_999_999) },
  attempts: { what: 'a whole number from 0 to 99999999', holds: wholeNumber(0, 99_999_999) },
  maxDelay: { what: 'a whole number from 1 to 31622400', holds: wholeNumber(1, 31_622_400) },
  backoff: { what: 'a number of 1 or more', holds: (value) => typeof value === 'number' && value >= 1 },
  jitter: { what: "'FULL' or 'NONE'", holds: (value) => value === 'FULL' || value === 'NONE' },
  count: { what: 'a whole number of 0 or more', holds: wholeNumber(0, Number.MAX_SAFE_INTEGER), orExpression: true },
  percentage: {
    what: 'a number from 0 to 100',
    holds: (value) => typeof value === 'number' && value >= 0 && value <= 100,
    orExpression: true,
  },
} as const satisfies Record<string, Kind>;

/** Checks for one object at one place. */
export function fieldChecks(object: JsonObject, location: string, diagnostics: Diagnostics): FieldChecks {
  const at = (field: string) => (location === '/' ? `/${field}` : `${location}/${field}`);
  return {
    object,
    location,
    only(known) {
      for (const field of Object.keys(object)) {
        // Measured in floci-io/floci#2735, for every state type.
        if (!known.includes(field)) diagnostics.schema(`Field '${field}' is not supported`, location);
      }
    },
    required(field) {
      // Recorded for Credentials: credentials_base/invalid_credentials_field.
      const missing = object[field] === undefined;
      if (missing) diagnostics.schema(`The field '${field}' is required but was missing`, location);
      return !missing;
    },
    kind(field, kind) {
      const value = object[field];
      if (value === undefined || kind.holds(value)) return;
      if (kind.orExpression && typeof value === 'string' && expressionIn(value) !== undefined) return;
      diagnostics.schema(`Expected ${kind.what}, but got ${JSON.stringify(value)}`, at(field));
    },
    problem: (field, message) => diagnostics.schema(message, at(field)),
  };
}
