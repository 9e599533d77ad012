import type { Leaf } from './event-fields.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';

const refuse = (reason: string): never => {
  throw new InvalidEventPattern(reason);
};

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** `numeric`: one comparison, or one from below and then one from above. Reasons: aws/event-ruler, JsonRuleCompiler. */
export function numericTest(operand: unknown): (leaf: Leaf) => boolean {
  if (!Array.isArray(operand)) return refuse('Value of numeric must be an array.');
  const [first, bound, second, secondBound, ...rest]: readonly unknown[] = operand;
  if (typeof first !== 'string') return refuse(`Invalid member in numeric match: ${JSON.stringify(first ?? ']')}`);
  const compare = comparisons[first] ?? refuse(`Unrecognized numeric range operator: ${first}`);
  const value = numberOf(bound, first === '=' ? 'equals' : first);
  if (second === undefined) return (leaf) => typeof leaf === 'number' && compare(leaf, value);
  if (!first.startsWith('>')) return refuse('Too many elements in numeric expression');
  if (typeof second !== 'string') return refuse(`Bad value in numeric range: ${JSON.stringify(second)}`);
  const compareSecond = second.startsWith('<') ? comparisons[second] : undefined;
  if (!compareSecond) return refuse(`Bad numeric range operator: ${second}`);
  const top = numberOf(secondBound, second);
  if (rest.length > 0) return refuse('Too many terms in numeric range expression');
  // aws/event-ruler, Range: the bottom lies below the top.
  if (value >= top) return refuse('Bottom must be less than top');
  return (leaf) => typeof leaf === 'number' && compare(leaf, value) && compareSecond(leaf, top);
}

function numberOf(bound: unknown, operator: string): number {
  return typeof bound === 'number' ? bound : refuse(`Value of ${operator} must be numeric`);
}
