import * as v from 'valibot';
import { InvalidInput } from '../../lib/core/errors.ts';

// Enough to recognise a value by; an error's text ends up in execution histories and logs, which must not be filled from outside.
const LONGEST_VALUE = 120;
const LONGEST_PATH = 200;

/** Reads a step's input by its schema, or throws `InvalidInput` saying what is wrong, at which path, with which value. */
export function parseInput<Schema extends v.GenericSchema>(
  stepName: string,
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue, ...more] = parsed.issues;
  const path = cut(v.getDotPath(issue) ?? '', LONGEST_PATH);
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const wanted = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  throw new InvalidInput(
    printable(`${stepName}: ${path ? `'${path}'` : 'the input'} is ${shown(issue.input)}, ${wanted}${others}`),
  );
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : cut(JSON.stringify(value) ?? typeof value, LONGEST_VALUE);
}

const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest)}…` : text);
const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, '?');
