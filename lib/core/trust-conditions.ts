import { elementsOf, NotUnderstood } from './policy-json.ts';

/** One test of a condition: the operator, the key in lower case (IAM doesn't tell cases apart), the values in order. */
export type TrustCondition = readonly [operator: string, key: string, values: readonly string[]];

const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** A statement's conditions, in one order. */
export function conditionsOf(condition: unknown, where: string): TrustCondition[] {
  const conditions = [...elementsOf(condition, `the Condition of ${where}`)].flatMap(([operator, tests]) =>
    testsOf(operator, tests, where),
  );
  const names = conditions.map(([operator, key]) => JSON.stringify([operator, key]));
  if (new Set(names).size < names.length) throw new NotUnderstood(`the Condition of ${where} has the same key twice`);
  return conditions.toSorted((one, other) => byText(JSON.stringify(one), JSON.stringify(other)));
}

function testsOf(operator: string, tests: unknown, where: string): TrustCondition[] {
  const keys = [...elementsOf(tests, `the Condition of ${where}`)];
  if (keys.length === 0) throw new NotUnderstood(`the Condition of ${where} is empty for ${operator}`);
  return keys.map(([key, values]) => [operator, key.toLowerCase(), valuesOf(values, where)]);
}

/** A list of values is a set: any order means the same. */
function valuesOf(value: unknown, where: string): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new NotUnderstood(`the Condition of ${where} has no value to compare with`);
  const texts = values.map((item) => {
    if (typeof item === 'string') return item;
    // `true` and `"true"`, 7 and `"7"` mean the same; a number that JavaScript would round is not what IAM compares.
    if (typeof item === 'boolean' || Number.isSafeInteger(item)) return String(item);
    throw new NotUnderstood(`the Condition of ${where} has a value that is not text`);
  });
  return [...new Set(texts)].toSorted(byText);
}
