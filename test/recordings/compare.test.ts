import { describe, expect, test } from 'vitest';
import type { Json } from '../../lib/local/stepfunctions/json.ts';
import { compare, comparisonFor } from './compare.ts';
import { asRecordedInParallel } from './history-order.ts';
import { fillIn } from './placeholders.ts';

const differences = (recorded: Json, actual: Json, ignoredFields: string[] = [], date = '2026-01-01') =>
  compare(recorded, actual, 'value', comparisonFor({ recorded: date, ignoredFields }));

const event = (type: string, id: number) => ({ type, id, previousEventId: id - 1 });

describe('a recorded value is met', () => {
  test.each<[string, Json, Json]>([
    ['by the same', { a: [1, null, 'x'] }, { a: [1, null, 'x'] }],
    ['by the text of an object', { input: { a: 1 } }, { input: '{ "a": 1 }' }],
    ['by text in another spacing', '[1, 2]', '[1,2]'],
    ['by anything where it was masked', { at: 'datetime', id: 'x-amzn-RequestId' }, { at: 5, id: 'y' }],
    ['by what its placeholders stand for', 'arn:<uuid:1>/<uuid:2>', 'arn:a/b'],
  ])('%s', (_, recorded, actual) => {
    expect(differences(recorded, actual)).toEqual([]);
  });

  test('whatever stands in ignored members, wherever they are', () => {
    const recorded = { a: { requestId: 1 }, cause: '{"requestId":"x","errorType":"E"}' };
    const actual = { a: { requestId: 2 }, cause: '{"requestId":"y","errorType":"E"}' };
    expect(differences(recorded, actual, ['$..requestId'])).toEqual([]);
  });

  test('beside members that AWS did not have that year', () => {
    expect(differences({}, { redriveCount: 0 }, [], '2023-06-01')).toEqual([]);
    expect(differences({}, { redriveCount: 0 }, [], '2024-06-01')).toHaveLength(1);
  });
});

describe('a recorded value is missed', () => {
  test.each<[string, Json, Json, string]>([
    ['by another', { a: 1 }, { a: 2 }, 'value.a: recorded 1, but got 2'],
    ['by a missing member', { a: 1 }, {}, 'value.a: recorded 1, but got nothing'],
    ['by a member too many', {}, { a: 1 }, 'value.a: not recorded, but got 1'],
    ['by a list of another length', [1], [1, 2], 'value: recorded 1 items, but got 2'],
    ['by null for nothing', { a: null }, {}, 'value.a: recorded null, but got nothing'],
    ['by a number for its text', '1', 1, 'value: recorded "1", but got 1'],
  ])('%s', (_, recorded, actual, difference) => {
    expect(differences(recorded, actual)).toEqual([difference]);
  });

  test('by two values for one placeholder', () => {
    expect(differences({ a: '<uuid:1>', b: '<uuid:1>' }, { a: 'x', b: 'y' })).toHaveLength(1);
  });
});

test('placeholders that went in are filled in throughout, AWS’s own stay', () => {
  const recorded = { in: '<name:1>', out: 'arn:<partition>:<name:1>:<uuid:1>', token: '<task_token:1>' };
  const filled: unknown = JSON.parse(fillIn(JSON.stringify(recorded), [recorded.in, recorded.token]));
  expect(filled).toEqual({ in: 'name-8-1', out: 'arn:aws:name-8-1:<uuid:1>', token: '<task_token:1>' });
});

test('a history loses what the recording’s sorting lost inside of a Parallel', () => {
  const types = ['ParallelStateEntered', 'ParallelStateStarted', 'PassStateEntered', 'PassStateExited'];
  const whole = [...types, 'ParallelStateSucceeded', 'ParallelStateExited'].map((type, index) =>
    event(type, index + 1),
  );
  expect(asRecordedInParallel(whole).map(({ type, id }) => [type, id])).toEqual([
    ['ParallelStateEntered', 1],
    ['ParallelStateStarted', 2],
    ['PassStateEntered', [0]],
    ['PassStateExited', [0]],
    ['ParallelStateExited', 6],
  ]);
});
