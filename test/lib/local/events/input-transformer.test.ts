import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../../lib/local/events/bus-state.ts';
import type { BusEvent } from '../../../../lib/local/events/event.ts';
import { checkInputTransformer, transformed } from '../../../../lib/local/events/input-transformer.ts';

const RULE: Rule = {
  accountId: '111122223333',
  region: 'us-east-1',
  name: 'failures',
  arn: 'arn:aws:events:us-east-1:111122223333:rule/failures',
  state: 'ENABLED',
  createdBy: '111122223333',
  targets: [],
};

const EVENT: BusEvent = {
  version: '0',
  id: '1',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '111122223333',
  time: '2026-11-24T05:30:00Z',
  region: 'us-east-1',
  resources: ['first', 'second'],
  detail: { status: 'FAILED', cause: 'it said "no"', startDate: 5, tags: { a: 'b' }, output: null },
};

const filled = (template: string, paths: Record<string, string> = {}) =>
  transformed({ InputPathsMap: paths, InputTemplate: template }, EVENT, RULE);

describe('a placeholder becomes', () => {
  test.each<[string, string, string, string]>([
    ['a string in a text', '"ended as <it>"', '$.detail.status', '"ended as FAILED"'],
    ['a string alone, with its quotes', '{"status":<it>}', '$.detail.status', '{"status":"FAILED"}'],
    ['a string with quotes in it, in a text', '"because <it>"', '$.detail.cause', '"because it said \\"no\\""'],
    ['a string with quotes in it, alone', '<it>', '$.detail.cause', '"it said \\"no\\""'],
    ['a number', '{"at":<it>}', '$.detail.startDate', '{"at":5}'],
    ['an object', '{"tags":<it>}', '$.detail.tags', '{"tags":{"a":"b"}}'],
    ['an object in a text', '"tags: <it>"', '$.detail.tags', '"tags: {\\"a\\":\\"b\\"}"'],
    ['an element', '"<it>"', '$.resources[1]', '"second"'],
    ['a field with a dash', '"<it>"', '$.detail-type', '"Step Functions Execution Status Change"'],
    ['nothing, in a text', '"<it>!"', '$.detail.missing.deeper', '"!"'],
    ['nothing, alone', '{"x":<it>}', '$.detail.output', '{"x":""}'],
    ['a string after an escaped quote', '"a \\"<it>\\""', '$.detail.status', '"a \\"FAILED\\""'],
  ])('%s', (_what, template, path, expected) => {
    expect(filled(template, { it: path })).toBe(expected);
  });

  test('the whole event', () => {
    expect(JSON.parse(filled('{"event":<all>}', { all: '$' }))).toEqual({ event: EVENT });
  });

  test("the rule's ARN and name", () => {
    expect(filled('"<aws.events.rule-name> <aws.events.rule-arn>"')).toBe(`"failures ${RULE.arn}"`);
  });
});

test('lines of text each keep their quotes', () => {
  expect(filled('"one <it>"\n"two"', { it: '$.detail.status' })).toBe('"one FAILED"\n"two"');
});

describe('a transformer is refused', () => {
  test.each([
    ['with a placeholder that has no path', '"<other>"', {}, 'Placeholder <other>'],
    ['with a path that is not emulated', '"<it>"', { it: '$.detail.*' }, 'does not emulate the path $.detail.*'],
    ['with a variable that is not emulated', '<aws.events.event.json>', {}, 'does not emulate <aws.events.event.json>'],
  ])('%s', (_why, InputTemplate, InputPathsMap, text) => {
    expect(() => checkInputTransformer('one', { InputTemplate, InputPathsMap })).toThrow(text);
  });

  test('but not one of paths with dots, dashes and indices', () => {
    const InputPathsMap = { a: '$', b: '$.detail-type', c: '$.detail.some_thing.x[0][1].y' };
    expect(() => checkInputTransformer('one', { InputTemplate: '"<a><b><c>"', InputPathsMap })).not.toThrow();
  });
});
