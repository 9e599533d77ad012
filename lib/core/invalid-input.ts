import * as v from 'valibot';
import { InvalidInput } from './errors.ts';

/** Enough to recognise a value by; whoever can send an event must not fill histories and logs with it. */
const SHOWN_LENGTH = 120;

// What JSON leaves as it is, though a terminal or a log viewer acts on it: DEL, C1, separators, marks of direction.
const ACTED_ON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A value as it may be shown: one line of bounded length, in which nothing acts on a terminal. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  const cut = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
  return cut.replaceAll(ACTED_ON, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reads `what` by a schema all of whose messages are its own, or says what is wrong, where, and with which value. */
export function parseOrExplain<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  what: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  const where = path === null ? what : `${path} of ${what}`;
  throw new InvalidInput(
    issue.input === undefined ? `${where} is missing` : `${where} is ${shown(issue.input)}, expected ${issue.message}`,
  );
}
