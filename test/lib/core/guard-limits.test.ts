import { describe, expect, test } from 'vitest';
import { guard } from '../../../lib/core/guard.ts';
import type { GuardFacts } from '../../../lib/core/guard-facts.ts';
import type { Answer, LedgerRecord } from '../../../lib/core/ledger.ts';
import type { PrincipalReading } from '../../../lib/core/ports.ts';
import type { Settings } from '../../../lib/core/settings.ts';
import type { PolicyAssociation } from '../../../lib/core/shapes.ts';
import { fakeWorld } from './world/fake-world.ts';

const ARN = 'arn:aws:iam::111122223333:role/team/people';
const OLD = 'AROAOLDOLDOLDOLDOLDO';
const principal: PrincipalReading = {
  arn: ARN,
  principalId: 'AROANEWNEWNEWNEWNEWN',
  createdAt: '2026-11-24T12:00:00Z',
  path: '/team/',
  tags: {},
};

/** A STANDARD entry whose trust is as it was bound: nothing speaks against a rebind. */
const facts: GuardFacts = {
  settings: fakeWorld().bare.settings,
  now: '2026-11-24T12:10:00Z',
  entry: { accountId: '111122223333', region: 'eu-central-1', clusterName: 'shop', principalArn: ARN },
  snapshot: {
    schemaVersion: 1,
    entryArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/shop/role/111122223333/people/5ac7',
    createdAt: '2026-11-01T12:00:00Z',
    type: 'STANDARD',
    tags: {},
    lostTags: {},
    policies: [],
  },
  principal,
  trust: { fingerprint: 'f1' },
  isTemplate: false,
  boundFingerprint: 'f1',
  records: [],
  questions: [],
  cause: { kind: 'event' },
};

const withSettings = (change: Partial<Settings>): Partial<GuardFacts> => ({
  settings: { ...facts.settings, ...change },
});
const verdictOf = (...changes: Partial<GuardFacts>[]) => {
  const { action, reasons } = guard(Object.assign({}, facts, ...changes));
  return [action, reasons[0]?.rule];
};
const rebound = ['rebind', 'StandardOnBoundTrust'];
const asks = (rule: string) => ['ask', rule];

const inCluster = (clusterName: string, changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  schemaVersion: 1,
  entry: { ...facts.entry, clusterName },
  knownPrincipalIds: [],
  asked: [],
  ...changes,
});
const journalFor = (principalId: string): Pick<LedgerRecord, 'journal'> => ({
  journal: {
    generation: 1,
    holder: 'arn:rebind',
    incarnation: { principalArn: ARN, principalId, createdAt: principal.createdAt },
    attempt: 1,
    phase: 'planned',
    cause: { kind: 'event' },
    startedAt: facts.now,
  },
});

describe('how much at once, and how often', () => {
  const older = { createdAt: '2026-11-24T11:59:59Z' };
  test.each<[string, Partial<GuardFacts>, string[]]>([
    ['as many entries as the cap, told by the batch', { ...withSettings({ cap: 2 }), batchSize: 2 }, rebound],
    ['one more than the cap', { ...withSettings({ cap: 2 }), batchSize: 3 }, asks('TooManyEntries')],
    [
      'one more than the cap, as the ledger knows though each came alone',
      {
        ...withSettings({ cap: 2 }),
        batchSize: 1,
        records: [
          inCluster('a', journalFor(principal.principalId)),
          inCluster('b', older),
          inCluster('c', { ...older, ...journalFor(OLD) }),
        ],
      },
      asks('TooManyEntries'),
    ],
    [
      'entries that are not older than the principal, or of earlier incarnations, or never seen, do not count',
      {
        ...withSettings({ cap: 1 }),
        records: [
          inCluster('a', journalFor(principal.principalId)),
          inCluster('b', { createdAt: '2026-11-24T12:00:00.400Z' }),
          inCluster('c', journalFor(OLD)),
          inCluster('d'),
        ],
      },
      rebound,
    ],
    [
      'rebound as often as the breaker allows within a day',
      { rebounds: ['2026-11-23T12:10:01Z', '2026-11-24T03:00:00Z', '2026-11-24T12:00:00Z'] },
      asks('CircuitBreaker'),
    ],
    [
      'the first of them a day ago',
      { rebounds: ['2026-11-23T12:10:00Z', '2026-11-24T03:00:00Z', '2026-11-24T12:00:00Z'] },
      rebound,
    ],
  ])('%s', (_what, change, expected) => {
    expect(verdictOf(change)).toEqual(expected);
  });
});

describe('a person’s approval', () => {
  const approval: Answer = { verdict: 'approved', by: 'arn:aws:iam::111122223333:user/grace', at: facts.now };
  const policies: PolicyAssociation[] = [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      accessScope: { type: 'cluster' },
    },
  ];
  const admin: Partial<GuardFacts> = { snapshot: { ...facts.snapshot, policies } };

  test('lets through what a rule asks about, and says who, when, and why it was asked', () => {
    const { action, reasons } = guard({ ...facts, ...admin, approval });
    expect(action).toBe('rebind');
    expect(reasons.map(({ rule }) => rule)).toEqual(['Approved', 'AdminPolicy']);
    expect(reasons[0]?.evidence).toEqual({ approvedBy: approval.by, approvedAt: approval.at });
  });

  test('lets through what no rule speaks for', () => {
    expect(verdictOf({ approval, boundFingerprint: undefined })).toEqual(['rebind', 'Approved']);
  });

  const withArns = (arn: string): Partial<GuardFacts> => ({
    entry: { ...facts.entry, principalArn: arn },
    principal: { ...principal, arn },
  });
  test.each<[string, Partial<GuardFacts>]>([
    ['of an administrator', admin],
    ['where the service asks always', withSettings({ mode: 'ask' })],
    ['of more entries than the cap', { ...withSettings({ cap: 1 }), batchSize: 2 }],
    ['of a trust that nobody can read', { trust: { unreadable: 'x' } }],
    ['of a delete that was never finished', { takeover: 'x' }],
  ])('%s lets it happen', (_what, change) => {
    expect(verdictOf(change)[0]).toBe('ask');
    expect(verdictOf(change, { approval })).toEqual(['rebind', 'Approved']);
  });

  test.each<[string, Partial<GuardFacts>]>([
    ['ServiceLinkedRole', withArns('arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/x')],
    ['OwnPrincipal', withArns('arn:aws:iam::111122223333:role/eks-rebind/CheckRole')],
    ['UnknownEntryType', { snapshot: { ...facts.snapshot, type: 'OUTPOST' } }],
    [
      'ServiceOnlyPolicy',
      {
        snapshot: {
          ...facts.snapshot,
          policies: policies.map((one) => ({ ...one, policyArn: one.policyArn.replace('ClusterAdmin', 'Hybrid') })),
        },
      },
    ],
    ['OptedOut', { principal: { ...principal, tags: { 'eks-rebind:opt-out': '' } } }],
    ['ArnDiffers', { principal: { ...principal, arn: 'arn:aws:iam::111122223333:role/people' } }],
    ['ReportOnly', withSettings({ mode: 'report' })],
  ])('never lets through what %s refuses', (rule, change) => {
    expect(verdictOf(change, { approval })).toEqual(['refuse', rule]);
  });

  test('is not told where nobody had to be asked', () => {
    expect(verdictOf({ approval })).toEqual(rebound);
  });
});
