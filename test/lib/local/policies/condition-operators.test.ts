import { describe, expect, test } from 'vitest';
import { conditionHolds, conditionOperator } from '../../../../lib/local/policies/condition-operators.ts';

type Values = readonly string[] | undefined;

function holds(operatorName: string, wanted: readonly string[], values: Values): boolean {
  const operator = conditionOperator(operatorName);
  if (!operator) throw new Error(`no operator ${operatorName}`);
  return conditionHolds(operator, wanted, values);
}

const ROLE = 'arn:aws:iam::111122223333:role/team/worker';

describe('an operator compares one value with each of those wanted', () => {
  test.each<[string, readonly string[], string, boolean]>([
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', ['a'], 'A', false],
    ['StringEquals', ['a*'], 'ab', false],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringLike', ['a*', 'x'], 'abc', true],
    ['StringLike', ['a?c'], 'abc', true],
    ['StringLike', ['a?c'], 'ac', false],
    ['StringLike', ['a.c'], 'abc', false],
    ['StringNotLike', ['a*'], 'bcd', true],
    ['StringNotLike', ['a*', 'b*'], 'bcd', false],
    ['ArnEquals', [ROLE], ROLE, true],
    ['ArnEquals', ['arn:aws:iam::*:role/*'], ROLE, true],
    ['ArnLike', ['arn:aws:iam::111122223333:role/*/worker'], ROLE, true],
    ['ArnLike', ['arn:aws:iam::*'], ROLE, false],
    ['ArnLike', ['*'], ROLE, false],
    ['ArnNotEquals', [ROLE], ROLE, false],
    ['ArnNotLike', ['arn:aws:iam::111122223333:user/*'], ROLE, true],
    ['ArnNotLike', ['arn:aws:iam::111122223333:role/*'], ROLE, false],
    ['Bool', ['true'], 'true', true],
    ['Bool', ['True'], 'true', true],
    ['Bool', ['true'], 'false', false],
  ])('%s %j of %s: %s', (name, wanted, value, expected) => {
    expect(holds(name, wanted, [value])).toBe(expected);
  });
});

describe('where the request lacks the key', () => {
  test.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['ArnLike', false],
    ['ArnEquals', false],
    ['Bool', false],
    ['StringNotEquals', true],
    ['StringNotLike', true],
    ['ArnNotLike', true],
    ['ArnNotEquals', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
  ])('%s holds: %s', (name, expected) => {
    expect(holds(name, ['a'], undefined)).toBe(expected);
  });
});

test.each<[string, Values, boolean]>([
  ['false', ['a'], true],
  ['false', undefined, false],
  ['true', undefined, true],
  ['True', ['a'], false],
])('Null %s of %j: %s', (wanted, values, expected) => {
  expect(holds('Null', [wanted], values)).toBe(expected);
});

test('IfExists changes nothing where the key is there', () => {
  expect(holds('StringEqualsIfExists', ['a'], ['b'])).toBe(false);
  expect(holds('StringEqualsIfExists', ['a'], ['a'])).toBe(true);
});

describe('of several values', () => {
  test.each<[string, readonly string[], boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'c'], false],
    ['ForAllValues:StringEquals', [], true],
    ['ForAnyValue:StringEquals', ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['c', 'd'], false],
    ['ForAnyValue:StringEquals', [], false],
    ['ForAllValues:StringNotEquals', ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'd'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
  ])('%s "a" or "b" of %j: %s', (name, values, expected) => {
    expect(holds(name, ['a', 'b'], values)).toBe(expected);
  });
});

test.each([
  'NumericEquals',
  'StringEqualsIgnoreCase',
  'DateLessThan',
  'IpAddress',
  'NullIfExists',
  'ForAllValues:Null',
  'ForSomeValues:StringEquals',
  'stringequals',
])('%s is no operator that is evaluated', (name) => {
  expect(conditionOperator(name)).toBeUndefined();
});
