import * as v from 'valibot';
import { InvalidInput } from '../../lib/core/errors.ts';
import { shown } from '../../lib/core/invalid-input.ts';

/** Reads a step's input by its schema, or throws `InvalidInput` saying what is wrong, at which path, with which value. */
export function parseInput<Schema extends v.GenericSchema>(
  stepName: string,
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue, ...more] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'its input';
  const wanted = `expected ${issue.expected ?? issue.type}`;
  const found = issue.input === undefined ? 'is missing' : `is ${shown(issue.input)}, ${wanted}`;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw new InvalidInput(`${stepName}: ${path} ${found}${others}`);
}
