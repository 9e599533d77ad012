import { compile, expressionIn, jsonataProblem } from './expression.ts';
import { EvaluationFailure } from './failure.ts';
import { isArray, isObject, type Json } from './json.ts';

/** What an expression sees: variables by name, `states` among them, and functions. */
type Bindings = Readonly<Record<string, unknown>>;

/** Names the state in a cause, in AWS's words (recorded). */
export const inState = (state: string, enteredEventId: number, problem: string): string =>
  `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ${problem}`;

/** One place where expressions are worked out: the words for its failures and what its expressions see. */
export interface EvaluationSite {
  readonly bindings: Bindings;
  describe(problem: string): string;
}

/** JSON types as AWS names them in `Expected 'array', but was 'object'`. */
function jsonType(value: Json): string {
  if (value === null) return 'null';
  return isArray(value) ? 'array' : typeof value;
}

/** A result with something in it that is not JSON: a function or a regular expression. */
class UnsupportedResult extends Error {}

/** The result as plain JSON: without JSONata's sequences, and not sharing anything with the data it came from. */
function asJson(value: unknown): Json | undefined {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // AWS shows what is beyond numbers as text (measured in floci-io/floci#2783).
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (isArray(value)) return value.map((item) => asJson(item) ?? null);
  if (typeof value !== 'object' || '_jsonata_lambda' in value || '_jsonata_function' in value) {
    throw new UnsupportedResult();
  }
  const object: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const json = asJson(member);
    if (json !== undefined) object[name] = json;
  }
  return object;
}

/** Works out one expression. Its cause texts are AWS's, as recorded. */
async function evaluateExpression(source: string, field: string, site: EvaluationSite): Promise<Json> {
  const fail = (problem: string) =>
    new EvaluationFailure(
      site.describe(`The JSONata expression '${source}' specified for the field '${field}' ${problem}`),
      field,
    );
  let result: unknown;
  try {
    result = await compile(source).evaluate(undefined, site.bindings);
  } catch (thrown) {
    throw fail(`threw an error during evaluation. ${jsonataProblem(thrown)}`);
  }
  try {
    const json = asJson(result);
    if (json !== undefined) return json;
  } catch (thrown) {
    if (thrown instanceof UnsupportedResult) throw fail('returned an unsupported result type.');
    throw thrown;
  }
  throw fail('returned nothing (undefined).');
}

/** Works out a value with expressions anywhere in it. Fields are named as AWS names them: `Output/list[2]/name`. */
export async function evaluateTemplate(template: Json, field: string, site: EvaluationSite): Promise<Json> {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    return source === undefined ? template : evaluateExpression(source, field, site);
  }
  if (isArray(template)) {
    const items: Json[] = [];
    for (const [index, item] of template.entries()) {
      items.push(await evaluateTemplate(item, `${field}[${index}]`, site));
    }
    return items;
  }
  if (!isObject(template)) return template;
  const object: Record<string, Json> = {};
  for (const [name, member] of Object.entries(template)) {
    object[name] = await evaluateTemplate(member, `${field}/${name}`, site);
  }
  return object;
}

/** A type that a field must have, under AWS's name for it. */
export interface ExpectedType<T extends Json> {
  readonly type: string;
  readonly holds: (value: Json) => value is T;
}

/** Works out a field that must be of one type: AWS's words where it is not (recorded for `Items`). */
export async function evaluateTyped<T extends Json>(
  template: Json,
  field: string,
  site: EvaluationSite,
  expected: ExpectedType<T>,
): Promise<T> {
  const value = await evaluateTemplate(template, field, site);
  if (expected.holds(value)) return value;
  const source = typeof template === 'string' ? expressionIn(template) : undefined;
  const what = source === undefined ? 'The value' : `The JSONata expression '${source}'`;
  const was = `Expected '${expected.type}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`;
  const problem = `${what} specified for the field '${field}' returned an unexpected result type. ${was}`;
  throw new EvaluationFailure(site.describe(problem), field);
}
