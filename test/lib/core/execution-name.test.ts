import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, executionName } from '../../../lib/core/execution-name.ts';

const attempt: Attempt = {
  entry: {
    accountId: '111122223333',
    region: 'eu-central-1',
    clusterName: 'shop',
    principalArn: 'arn:aws:iam::111122223333:role/team/nodes/worker',
  },
  principalId: 'AROAEXAMPLEEXAMPLE12',
  entryArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/shop/role/111122223333/worker/5ac7',
  attempt: 1,
};

test('tells a reader the cluster, the role and the end of its id', () => {
  expect(executionName(attempt)).toMatch(/^shop\.worker\.XAMPLE12\.[0-9a-f]{12}$/);
});

test('is the same for the same attempt', () => {
  expect(executionName(structuredClone(attempt))).toBe(executionName(attempt));
});

test('cuts long names, and keeps two that differ only in what was cut apart', () => {
  const [one = '', other] = ['1', '2'].map((end) =>
    executionName({ ...attempt, entry: { ...attempt.entry, clusterName: 'c'.repeat(90) + end } }),
  );
  expect(one).toMatch(/^c{24}\.worker\./);
  expect(one).not.toBe(other);
});

test('replaces what Step Functions refuses in a name', () => {
  const entry = { ...attempt.entry, principalArn: 'arn:aws:iam::111122223333:role/a,b+c=d@e' };
  expect(executionName({ ...attempt, entry })).toMatch(/^shop\.a-b\+c=d@e\./);
});

test('names an entry even where its ARN is not understood', () => {
  const entry = { ...attempt.entry, principalArn: 'arn:aws:iam::1:root' };
  expect(executionName({ ...attempt, entry })).toMatch(/^shop\.arn-aws-iam--1-root\./);
});

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });
const anyAttempt: fc.Arbitrary<Attempt> = fc.record({
  entry: fc.record({ accountId: anyText, region: anyText, clusterName: anyText, principalArn: anyText }),
  principalId: anyText,
  entryArn: anyText,
  attempt: fc.nat(),
});

test('is legal and at most 80 characters for whatever comes in', () => {
  // StartExecution, Step Functions API reference: what a name must not contain.
  const legal = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{C}]{1,80}$/u;
  fc.assert(
    fc.property(anyAttempt, (any) => {
      expect(executionName(any)).toMatch(legal);
    }),
  );
});

test('differs wherever anything differs', () => {
  const two = fc.uniqueArray(anyAttempt, { minLength: 2, maxLength: 2, selector: (any) => JSON.stringify(any) });
  fc.assert(
    fc.property(two, (attempts) => {
      expect(new Set(attempts.map(executionName)).size).toBe(2);
    }),
  );
});

const { entry } = attempt;
test.each<[string, Attempt]>([
  ['account', { ...attempt, entry: { ...entry, accountId: '444455556666' } }],
  ['region', { ...attempt, entry: { ...entry, region: 'us-east-1' } }],
  ['cluster', { ...attempt, entry: { ...entry, clusterName: 'shop2' } }],
  ['path', { ...attempt, entry: { ...entry, principalArn: 'arn:aws:iam::111122223333:role/worker' } }],
  ['id', { ...attempt, principalId: 'AROBEXAMPLEEXAMPLE12' }],
  ['entry ARN', { ...attempt, entryArn: `${attempt.entryArn}b` }],
  ['attempt', { ...attempt, attempt: 2 }],
])('differs where only the %s differs', (_what, other) => {
  expect(executionName(other)).not.toBe(executionName(attempt));
});

test('does not take two entries for one where a name could run over into the next', () => {
  const one = executionName({ ...attempt, entry: { ...entry, accountId: '1', region: '23' } });
  const other = executionName({ ...attempt, entry: { ...entry, accountId: '12', region: '3' } });
  expect(one).not.toBe(other);
});
