import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { compileEventPattern } from '../../lib/local/events/event-pattern.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
import { EVERYTHING_ON } from '../template/tour.ts';
import { eventExamples } from './event-examples.ts';

const { rules, functions } = serviceDeployment({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  environment: EVERYTHING_ON,
  ports: {},
});
const patterns = Object.entries(rules).flatMap(([name, { eventPattern }]) =>
  eventPattern ? [[name, eventPattern] as const] : [],
);
const examples = eventExamples(functions[functionOf('SendHeartbeat')]?.roleArn ?? '');

/** Where something stands in a pattern: names of fields and places in lists. */
type Path = readonly (string | number)[];

/** Each field of a pattern, and each of several values. */
function partsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.length > 1 ? value.map((_, index) => [...path, index]) : [];
  return Object.entries(value).flatMap(([key, part]) => [[...path, key], ...partsOf(part, [...path, key])]);
}

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** A copy without one part, and without what is empty then: EventBridge takes no empty objects. */
function without(value: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(value)) return value.filter((_, index) => index !== first);
  if (typeof value !== 'object' || value === null || first === undefined) return value;
  const kept = Object.entries(value)
    .filter(([key]) => key !== first || rest.length > 0)
    .map(([key, part]) => [key, key === first ? without(part, rest) : part] as const);
  return Object.fromEntries(kept.filter(([, part]) => !isEmpty(part)));
}

const verdicts = (rule: string, pattern: unknown) => {
  const admits = compileEventPattern(JSON.stringify(pattern));
  return examples[rule]?.map((event) => admits(event));
};

test('every rule with a pattern has examples', () => {
  expect(patterns.map(([name]) => name).toSorted()).toEqual(Object.keys(examples).toSorted());
});

describe.each(patterns)('without a part of it, the pattern of %s', (rule, pattern) => {
  const as = verdicts(rule, pattern);

  test('whole, takes some of the examples and leaves others', () => {
    expect(new Set(as)).toEqual(new Set([true, false]));
    expect(verdicts(rule, structuredClone(pattern))).toEqual(as);
  });

  test.each(partsOf(pattern).map((path) => [path.join('.'), path] as const))('takes other events: %s', (_, path) => {
    expect(verdicts(rule, without(pattern, path))).not.toEqual(as);
  });
});
