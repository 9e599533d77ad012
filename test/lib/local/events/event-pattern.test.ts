import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '../../../../lib/local/events/event-pattern.ts';

const matches = (pattern: object, event: object) => compileEventPattern(JSON.stringify(pattern))(event);
const refused = (pattern: unknown) => {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  return () => compileEventPattern(text);
};

/** An IAM event, as far as rules about roles read it. */
const event = (detail: object) => ({
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  resources: ['arn:one', 'arn:two'],
  detail: { eventSource: 'iam.amazonaws.com', ...detail },
});

const createRole = event({ eventName: 'CreateRole', requestParameters: { roleName: 'worker' } });

describe('a rule on roles', () => {
  const rule = {
    source: ['aws.iam'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['iam.amazonaws.com'],
      eventName: ['CreateRole', 'DeleteRole'],
      errorCode: [{ exists: false }],
      requestParameters: { roleName: [{ 'anything-but': { prefix: ['AWSServiceRoleFor', 'AWSReservedSSO_'] } }] },
    },
  };

  test.each([
    ['a creation', createRole, true],
    ['another call', event({ eventName: 'TagRole', requestParameters: { roleName: 'worker' } }), false],
    [
      'a call that failed',
      event({ eventName: 'DeleteRole', errorCode: 'DeleteConflict', requestParameters: { roleName: 'worker' } }),
      false,
    ],
    [
      "a service's role",
      event({ eventName: 'CreateRole', requestParameters: { roleName: 'AWSServiceRoleForSSO' } }),
      false,
    ],
    ['a call that was denied, without parameters', event({ eventName: 'CreateRole', requestParameters: null }), false],
    ['another service', { ...createRole, source: 'aws.ec2' }, false],
  ])('reads %s', (_, given, expected) => {
    expect(matches(rule, given)).toBe(expected);
  });
});

describe('values', () => {
  test.each<[string, unknown[], unknown, boolean]>([
    ['a text equals itself', ['a', 'b'], 'b', true],
    ['a text equals no other case', ['a'], 'A', false],
    ['a text is no number', ['5'], 5, false],
    ['a number equals another way to write it', [5], 5.0, true],
    ['a number is no text', [5], '5', false],
    ['true is true', [true], true, true],
    ['true is not "true"', [true], 'true', false],
    ['null is null', [null], null, true],
    ['null is not absent', [null], undefined, false],
    ['an address equals another way to write it', ['2001:db8::1'], '2001:0db8:0:0:0:0:0:1', true],
    ['an array matches by any of its values', ['b'], ['a', 'b'], true],
    ['an array within an array counts as well', ['b'], ['a', ['b']], true],
    ['an empty array has no value', ['a'], [], false],
    ['prefix', [{ prefix: 'ab' }], 'abc', true],
    ['prefix of a text only', [{ prefix: '5' }], 55, false],
    ['prefix keeps case', [{ prefix: 'AB' }], 'abc', false],
    ['prefix without case', [{ prefix: { 'equals-ignore-case': 'AB' } }], 'abc', true],
    ['suffix', [{ suffix: '.png' }], 'a.png', true],
    ['suffix not met', [{ suffix: '.png' }], 'a.png.gz', false],
    ['suffix without case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], 'a.png', true],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'Alice' }], 'aLICE', true],
    ['equals-ignore-case of all of it', [{ 'equals-ignore-case': 'Alice' }], 'alices', false],
    ['exactly', [{ exactly: 'a' }], 'a', true],
    ['wildcard', [{ wildcard: 'arn:*:role/*worker' }], 'arn:aws:iam::1:role/team/worker', true],
    ['wildcard for nothing', [{ wildcard: 'a*b' }], 'ab', true],
    ['wildcard whose ends must not overlap', [{ wildcard: 'aba*aba' }], 'abaaba', true],
    ['wildcard whose ends would overlap', [{ wildcard: 'aba*aba' }], 'ababa', false],
    ['wildcard with a star of its own', [{ wildcard: String.raw`a\**` }], 'a*b', true],
    ['wildcard with a star of its own, not met', [{ wildcard: String.raw`a\**` }], 'ab', false],
    ['wildcard with a backslash of its own', [{ wildcard: String.raw`a\\*` }], String.raw`a\b`, true],
    ['wildcard over several middles', [{ wildcard: 'a*b*c*d' }], 'a-c-b-c-d', true],
    ['wildcard over middles out of order', [{ wildcard: 'a*b*c*d' }], 'a-c-b-d', false],
    ['numeric equal', [{ numeric: ['=', 3.018e2] }], 301.8, true],
    ['numeric range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
    ['numeric range, open end', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
    ['numeric of a number only', [{ numeric: ['>', 0] }], '5', false],
    ['numeric below', [{ numeric: ['<', 10] }], -3, true],
    ['cidr', [{ cidr: '10.0.0.0/24' }], '10.0.0.33', true],
    ['cidr not met', [{ cidr: '10.0.0.0/24' }], '10.0.1.33', false],
    ['cidr of version 6', [{ cidr: '2001:db8::/32' }], '2001:db8:ffff::1', true],
    ['cidr of another version', [{ cidr: '10.0.0.0/8' }], '::10.0.0.1', false],
    ['cidr of no address', [{ cidr: '10.0.0.0/8' }], 'ten', false],
    ['exists', [{ exists: true }], null, true],
    ['exists, and is not there', [{ exists: true }], undefined, false],
    ['exists, but only as an object', [{ exists: true }], { inner: 1 }, false],
    ['does not exist', [{ exists: false }], undefined, true],
    ['does not exist as a leaf', [{ exists: false }], { inner: 1 }, true],
    ['does not exist, but is null', [{ exists: false }], null, false],
    ['absent or one value', [{ exists: false }, 'a'], undefined, true],
    ['absent or one value, which it is', [{ exists: false }, 'a'], 'a', true],
    ['absent or one value, neither', [{ exists: false }, 'a'], 'b', false],
  ])('%s', (_, values, value, expected) => {
    expect(matches({ detail: { field: values } }, { detail: value === undefined ? {} : { field: value } })).toBe(
      expected,
    );
  });
});

describe('anything-but', () => {
  test.each<[unknown, unknown, boolean]>([
    ['a', 'b', true],
    ['a', 'a', false],
    ['a', 5, true],
    ['a', undefined, false],
    [['a', 'b'], 'b', false],
    [['a', 'b'], 'c', true],
    [123, 124, true],
    [123, 123.0, false],
    [[1, 2], 2, false],
    [{ prefix: 'init' }, 'initializing', false],
    [{ prefix: 'init' }, 'running', true],
    [{ prefix: ['a', 'b'] }, 'bc', false],
    [{ prefix: 'a' }, 5, true],
    [{ suffix: '.png' }, 'a.png', false],
    [{ suffix: ['.png', '.gif'] }, 'a.jpg', true],
    [{ 'equals-ignore-case': 'ALICE' }, 'alice', false],
    [{ 'equals-ignore-case': ['ALICE', 'bob'] }, 'Bob', false],
    [{ 'equals-ignore-case': ['ALICE', 'bob'] }, 'eve', true],
    [{ wildcard: '*/lib/*' }, '/usr/lib/x', false],
    [{ wildcard: ['*/lib/*', '*/bin/*'] }, '/usr/share/x', true],
  ])('%j given %j', (operand, value, expected) => {
    const given = value === undefined ? {} : { field: value };
    expect(matches({ field: [{ 'anything-but': operand }] }, given)).toBe(expected);
  });

  test('matches an array with any other value', () => {
    expect(matches({ field: [{ 'anything-but': 'a' }] }, { field: ['a', 'b'] })).toBe(true);
    expect(matches({ field: [{ 'anything-but': 'a' }] }, { field: ['a', 'a'] })).toBe(false);
  });
});

describe('arrays of objects', () => {
  const people = {
    people: [
      { first: 'Anna', last: 'Jones' },
      { first: 'John', last: 'Smith' },
    ],
  };

  test('match within one of their elements', () => {
    expect(matches({ people: { first: ['Anna'], last: ['Jones'] } }, people)).toBe(true);
    expect(matches({ people: { first: ['Anna'], last: ['Smith'] } }, people)).toBe(false);
  });

  test('have a field if any element has it', () => {
    expect(matches({ people: { age: [{ exists: false }] } }, people)).toBe(true);
    expect(matches({ people: { first: [{ exists: false }] } }, { people: [{}, { first: 'x' }] })).toBe(false);
  });
});

const ten = (name: string) => ({ $or: Array.from({ length: 10 }, (_, index) => ({ [name]: [index] })) });

describe('$or', () => {
  const either = {
    source: ['aws.cloudwatch'],
    $or: [{ metricName: ['CPU'] }, { metricType: ['T'], namespace: ['N'] }, { $or: [{ a: [1] }, { b: [2] }] }],
  };

  test.each([
    [{ source: 'aws.cloudwatch', metricName: 'CPU' }, true],
    [{ source: 'aws.cloudwatch', metricType: 'T', namespace: 'N' }, true],
    [{ source: 'aws.cloudwatch', metricType: 'T' }, false],
    [{ source: 'aws.cloudwatch', b: 2 }, true],
    [{ source: 'aws.ec2', metricName: 'CPU' }, false],
  ])('%j', (given, expected) => {
    expect(matches(either, given)).toBe(expected);
  });

  test('inside of detail stands for fields of detail', () => {
    const pattern = { detail: { $or: [{ a: ['1'] }, { b: [{ exists: true }] }] } };
    expect(matches(pattern, { detail: { b: 'x' } })).toBe(true);
    expect(matches(pattern, { b: 'x', detail: {} })).toBe(false);
  });

  test('has a thousand combinations at most', () => {
    expect(refused({ a: ten('x'), b: ten('y'), c: ten('z') })).not.toThrow();
    expect(refused({ a: ten('x'), b: ten('y'), c: ten('z'), d: ten('w') })).toThrow(/more than 1000 combinations/);
  });
});

test('of two equal keys the last one wins', () => {
  expect(compileEventPattern('{"a":["x"],"a":["y"]}')({ a: 'y' })).toBe(true);
  expect(compileEventPattern('{"a":["x"],"a":["y"]}')({ a: 'x' })).toBe(false);
});

describe('refused, and why', () => {
  test.each<[unknown, string]>([
    ['{', 'Invalid JSON'],
    [['a'], 'Filter is not an object'],
    [{}, 'Empty objects are not allowed'],
    [{ detail: {} }, 'Empty objects are not allowed'],
    [{ source: 'aws.iam' }, '"source" must be an object or an array'],
    [{ detail: { a: { b: 5 } } }, '"b" must be an object or an array'],
    [{ source: [] }, 'Empty arrays are not allowed'],
    [{ source: [['a']] }, 'Match value must be String, number, true, false, or null'],
    [{ source: [{ preffix: 'a' }] }, 'Unrecognized match type preffix'],
    [{ source: [{}] }, 'Match expression name not found'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
    [{ source: [{ prefix: 5 }] }, 'prefix match pattern must be a string'],
    [{ source: [{ suffix: ['a'] }] }, 'suffix match pattern must be a string'],
    [{ source: [{ prefix: { wildcard: 'a' } }] }, 'Unsupported prefix pattern: wildcard'],
    [{ source: [{ suffix: {} }] }, 'Suffix expression name not found'],
    [{ source: [{ 'equals-ignore-case': ['a'] }] }, 'equals-ignore-case match pattern must be a string'],
    [{ source: [{ exists: 'true' }] }, 'exists match pattern must be either true or false.'],
    [{ source: [{ wildcard: 'abc**def' }] }, 'Consecutive wildcard characters at pos 4'],
    [{ source: [{ wildcard: String.raw`he\llo` }] }, 'Invalid escape character at pos 3'],
    [{ source: [{ numeric: 5 }] }, 'Value of numeric must be an array.'],
    [{ source: [{ numeric: ['!=', 5] }] }, 'Unrecognized numeric range operator: !='],
    [{ source: [{ numeric: ['=', '5'] }] }, 'Value of equals must be numeric'],
    [{ source: [{ numeric: ['>', 0, '>', 5] }] }, 'Bad numeric range operator: >'],
    [{ source: [{ numeric: ['<', 0, '>', 5] }] }, 'Too many elements in numeric expression'],
    [{ source: [{ numeric: ['>', 5, '<', 5] }] }, 'Bottom must be less than top'],
    [{ source: [{ numeric: ['>', 0, '<', 5, '<', 6] }] }, 'Too many terms in numeric range expression'],
    [
      { source: [{ 'anything-but': ['a', 5] }] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [{ source: [{ 'anything-but': [null] }] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ source: [{ 'anything-but': true }] }, 'Value of anything-but must be an array or single string/number value.'],
    [{ source: [{ 'anything-but': { numeric: ['=', 5] } }] }, 'Unsupported anything-but pattern: numeric'],
    [{ source: [{ 'anything-but': { prefix: '' } }] }, 'Null prefix/suffix not allowed'],
    [{ source: [{ 'anything-but': { suffix: [5] } }] }, 'prefix/suffix match pattern must be a string'],
    [{ source: [{ cidr: '10.0.0.0' }] }, "Malformed CIDR, one '/' required"],
    [{ source: [{ cidr: '10.0.0.0/x' }] }, 'Malformed CIDR, mask bits must be an integer'],
    [{ source: [{ cidr: '10.0.0.0/32' }] }, 'IPv4 mask bits must be < 32'],
    [{ source: [{ cidr: 'host/8' }] }, 'Nonstandard IP address: host'],
    [{ $or: [{ a: ['x'] }] }, 'There must have at least 2 Objects in $or relationship.'],
    [{ $or: { a: ['x'] } }, 'It must be an Array followed with $or.'],
    [{ $or: [{ a: ['x'] }, 'b'] }, 'Only JSON object is allowed in array of $or relationship.'],
    [
      { $or: [{ numeric: ['x'] }, { a: ['x'] }] },
      'numeric is Ruler reserved fieldName which cannot be used inside $or.',
    ],
  ])('%j: %s', (pattern, reason) => {
    expect(refused(pattern)).toThrow(reason);
  });
});
