import { describe, expect, test } from 'vitest';
import { judge, type VerdictFacts } from '../../../lib/core/verdict.ts';

const principal = {
  arn: 'arn:aws:iam::111122223333:role/worker',
  principalId: 'AROAEXAMPLEEXAMPLE12',
  createdAt: '2026-11-01T12:00:00.000Z',
  path: '/',
  tags: {},
};

const facts: VerdictFacts = {
  entry: { createdAt: '2026-11-02T12:00:00.000Z' },
  principal,
  journalIsOpenPastDelete: false,
  anEarlierIncarnationIsKnown: false,
  settleSeconds: 120,
  authenticationMode: 'API',
  serviceLinked: false,
};

const madeAt = (createdAt: string) => ({ entry: { createdAt } });

describe('by age', () => {
  test.each<[string, Partial<VerdictFacts>, string]>([
    ['the entry is a day younger than its role', {}, 'healthy'],
    ['the entry is a day older', madeAt('2026-10-31T12:00:00Z'), 'stale'],
    ['the entry is a second older', madeAt('2026-11-01T11:59:59.999Z'), 'stale'],
    ['both were made in the same second', madeAt('2026-11-01T12:00:00.000Z'), 'healthy'],
    [
      'both in the same second, the role with more digits',
      { ...madeAt('2026-11-01T12:00:00Z'), principal: { ...principal, createdAt: '2026-11-01T12:00:00.900Z' } },
      'healthy',
    ],
    ['the entry has an offset in its time', madeAt('2026-11-01T13:00:00+02:00'), 'stale'],
    ['the entry was made early, and no earlier role is known', madeAt('2026-11-01T12:01:00Z'), 'healthy'],
    [
      'the entry was made early, and an earlier role is known',
      { ...madeAt('2026-11-01T12:01:59.999Z'), anEarlierIncarnationIsKnown: true },
      'unproven',
    ],
    [
      'both in the same second, and an earlier role is known',
      { ...madeAt('2026-11-01T12:00:00Z'), anEarlierIncarnationIsKnown: true },
      'unproven',
    ],
    [
      'the entry was made just at the settle age',
      { ...madeAt('2026-11-01T12:02:00Z'), anEarlierIncarnationIsKnown: true },
      'healthy',
    ],
    [
      'the entry is older, and an earlier role is known',
      { ...madeAt('2026-11-01T11:00:00Z'), anEarlierIncarnationIsKnown: true },
      'stale',
    ],
    [
      'the cluster is in mixed mode',
      { authenticationMode: 'API_AND_CONFIG_MAP', ...madeAt('2026-10-31T12:00:00Z') },
      'stale',
    ],
    ['the time of the entry is not a time', madeAt('soon'), 'unknown'],
    ['the time of the role is not a time', { principal: { ...principal, createdAt: '' } }, 'unknown'],
    ['IAM shows an id for an ARN', { principal: { ...principal, arn: 'AROAEXAMPLEEXAMPLE12' } }, 'unknown'],
  ])('%s', (_when, given, verdict) => {
    expect(judge({ ...facts, ...given })).toMatchObject({ verdict, explanation: expect.stringMatching(/\w/) });
  });
});

describe('without a role or an entry', () => {
  const gone = { entry: undefined };
  test.each<[string, Partial<VerdictFacts>, string]>([
    ['the role could not be read', { principal: 'unreadable' }, 'unknown'],
    ['the role was missing once', { principal: 'absent' }, 'unknown'],
    ['the role was missing twice', { principal: 'absentTwice' }, 'orphaned'],
    ['there is no entry', gone, 'notApplicable'],
    ['there is no entry, and we deleted it', { ...gone, journalIsOpenPastDelete: true }, 'missing'],
    [
      'there is no entry, we deleted it, and the role is missing too',
      { ...gone, journalIsOpenPastDelete: true, principal: 'absentTwice' },
      'missing',
    ],
    ['we deleted an entry, and one is there again', { journalIsOpenPastDelete: true }, 'healthy'],
    ['the role is service-linked', { serviceLinked: true, ...madeAt('2026-10-31T12:00:00Z') }, 'notApplicable'],
    [
      'the cluster has no entries',
      { authenticationMode: 'CONFIG_MAP', ...gone, journalIsOpenPastDelete: true },
      'notApplicable',
    ],
    ['the mode is none we know', { authenticationMode: 'PODS' }, 'unknown'],
  ])('%s', (_when, given, verdict) => {
    expect(judge({ ...facts, ...given })).toMatchObject({ verdict, explanation: expect.stringMatching(/\w/) });
  });
});

test('the explanation of an age names both times', () => {
  const { explanation } = judge({ ...facts, ...madeAt('2026-10-31T12:00:00Z') });
  expect(explanation).toContain('2026-10-31T12:00:00Z');
  expect(explanation).toContain('2026-11-01T12:00:00.000Z');
});
