import jsonata from 'jsonata';
import { isObject, isString } from './json.ts';

const compiled = new Map<string, jsonata.Expression>();

// Definitions are few and their expressions are run again and again; the bound only keeps a test of thousands of definitions small.
const COMPILED_AT_MOST = 10_000;

/** The JSONata between `{%` and `%}`, if the whole text is one such expression: recorded, a space outside makes it plain text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4 ? text.slice(2, -2).trim() : undefined;
}

/** What JSONata says is wrong: its code and message, or one of them. JSONata throws plain objects, functions throw errors. */
export function jsonataProblem(thrown: unknown, withCode = true): string {
  if (thrown instanceof Error) return thrown.message;
  if (!isObject(thrown) || !isString(thrown['message'])) return String(thrown);
  const { code, message } = thrown;
  return withCode && isString(code) ? `${code}: ${message}` : message;
}

/** The compiled form of an expression. Throws JSONata's own error where it does not parse. */
export function compile(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  if (compiled.size >= COMPILED_AT_MOST) compiled.clear();
  const expression = jsonata(source);
  compiled.set(source, expression);
  return expression;
}
