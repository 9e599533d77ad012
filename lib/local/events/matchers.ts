import type { Leaf } from './event-fields.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { cidrTest, equalTo } from './ip-matchers.ts';
import { numericTest } from './numeric-matcher.ts';
import { edgeTest, sameAs, textOf } from './text-matchers.ts';
import { wildcardTest } from './wildcard.ts';

/** Tests one leaf of an event. */
type LeafTest = (leaf: Leaf) => boolean;

/** What a field must be: one of several, or not there at all. */
export interface FieldTest {
  readonly test: LeafTest;
  readonly absent: boolean;
}

const refuse = (reason: string): never => {
  throw new InvalidEventPattern(reason);
};

const onStrings =
  (test: (text: string) => boolean): LeafTest =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

// The reasons are aws/event-ruler's (JsonRuleCompiler), which EventBridge repeats (measured by cdk-preflight, 2026-09).

/** The test that a field's array of values in a pattern stands for. */
export function fieldTest(values: readonly unknown[]): FieldTest {
  if (values.length === 0) refuse('Empty arrays are not allowed');
  const tests = values.map(valueTest);
  return {
    test: (leaf) => tests.some(({ test }) => test(leaf)),
    absent: tests.some(({ absent }) => absent),
  };
}

function valueTest(value: unknown): FieldTest {
  if (Array.isArray(value)) return refuse('Match value must be String, number, true, false, or null');
  if (typeof value === 'object' && value !== null) return operatorTest(value);
  if (typeof value === 'string') return present(onStrings(equalTo(value)));
  return present((leaf) => leaf === value);
}

const present = (test: LeafTest): FieldTest => ({ test, absent: false });

function operatorTest(matcher: object): FieldTest {
  const [[operator, operand] = [], ...others] = Object.entries(matcher) as [string, unknown][];
  if (operator === undefined) return refuse('Match expression name not found');
  const result = operator === 'exists' ? existsTest(operand) : present(leafTest(operator, operand));
  if (others.length > 0) refuse('Only one key allowed in match expression');
  return result;
}

function leafTest(operator: string, operand: unknown): LeafTest {
  switch (operator) {
    case 'exactly':
      return onStrings(sameAs(textOf(operand, 'exact')));
    case 'prefix':
    case 'suffix':
      return onStrings(edgeTest(operator, operand));
    case 'equals-ignore-case':
      return onStrings(sameAs(textOf(operand, operator), { ignoreCase: true }));
    case 'wildcard':
      return onStrings(wildcardTest(textOf(operand, operator)));
    case 'anything-but':
      return anythingBut(operand);
    case 'numeric':
      return numericTest(operand);
    case 'cidr':
      return onStrings(cidrTest(operand));
    default:
      return refuse(`Unrecognized match type ${operator}`);
  }
}

function existsTest(operand: unknown): FieldTest {
  if (typeof operand !== 'boolean') return refuse('exists match pattern must be either true or false.');
  return { test: () => operand, absent: !operand };
}

/** Matches what is there and is none of the values: of another kind too, as a number is where texts are ruled out. */
function anythingBut(operand: unknown): LeafTest {
  const tests = ruledOut(operand);
  return (leaf) => !tests.some((test) => test(leaf));
}

function ruledOut(operand: unknown): LeafTest[] {
  const isObject = typeof operand === 'object' && operand !== null && !Array.isArray(operand);
  if (isObject) return ruledOutByOperator(operand);
  if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number') {
    return refuse('Value of anything-but must be an array or single string/number value.');
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const kinds = new Set(values.map((value) => typeof value));
  if ([...kinds].some((kind) => kind !== 'string' && kind !== 'number')) {
    refuse('Inside anything but list, start|null|boolean is not supported.');
  }
  if (kinds.size !== 1) {
    refuse('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return values.map((value) => (leaf: Leaf) => leaf === value);
}

function ruledOutByOperator(operand: object): LeafTest[] {
  const [[operator, given] = [], ...others] = Object.entries(operand) as [string, unknown][];
  if (operator === undefined) return refuse('Anything-But expression name not found');
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    return refuse(`Unsupported anything-but pattern: ${operator}`);
  }
  const isList = Array.isArray(given);
  if (!isList && typeof given !== 'string' && typeof given !== 'number') {
    return refuse('Value of anything-but must be an array or single string/number value.');
  }
  const values: readonly unknown[] = isList ? given : [given];
  const tests = values.map((value) => leafTest(operator, checkedInside(operator, value)));
  if (others.length > 0) refuse('Too many elements in numeric expression');
  return tests;
}

function checkedInside(operator: string, value: unknown): string {
  const isEdge = operator === 'prefix' || operator === 'suffix';
  if (isEdge && value === '') return refuse('Null prefix/suffix not allowed');
  if (typeof value === 'string') return value;
  if (isEdge) return refuse('prefix/suffix match pattern must be a string');
  if (operator === 'wildcard') return refuse('wildcard match pattern must be a string');
  return refuse('Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.');
}
