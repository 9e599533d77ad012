import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { guard, GUARD_RULES } from '../../../lib/core/guard.ts';
import type { GuardFacts } from '../../../lib/core/guard-facts.ts';
import type { AnsweredQuestion } from '../../../lib/core/answered-questions.ts';
import type { Answer, AskedQuestion } from '../../../lib/core/ledger.ts';
import type { PrincipalReading } from '../../../lib/core/ports.ts';
import type { Settings } from '../../../lib/core/settings.ts';
import { Decision, type PolicyAssociation, type Snapshot } from '../../../lib/core/shapes.ts';
import { fakeWorld } from './world/fake-world.ts';

const ARN = 'arn:aws:iam::111122223333:role/team/people';

const { settings } = fakeWorld().bare;
const principal: PrincipalReading = {
  arn: ARN,
  principalId: 'AROANEWNEWNEWNEWNEWN',
  createdAt: '2026-11-24T12:00:00Z',
  path: '/team/',
  tags: {},
};
const snapshot: Snapshot = {
  schemaVersion: 1,
  entryArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/shop/role/111122223333/people/5ac7',
  createdAt: '2026-11-01T12:00:00Z',
  type: 'STANDARD',
  tags: {},
  lostTags: {},
  policies: [],
};

/** A STANDARD entry whose trust is as it was bound: nothing speaks against a rebind. */
const facts: GuardFacts = {
  settings,
  now: '2026-11-24T12:10:00Z',
  entry: { accountId: '111122223333', region: 'eu-central-1', clusterName: 'shop', principalArn: ARN },
  snapshot,
  principal,
  trust: { fingerprint: 'f1' },
  isTemplate: false,
  boundFingerprint: 'f1',
  lastSeenAliveAt: '2026-11-24T00:10:00Z',
  records: [],
  questions: [],
  cause: { kind: 'event', actorArn: 'arn:aws:iam::111122223333:user/alice' },
};

type Change = (was: GuardFacts) => GuardFacts;
const withSettings =
  (change: Partial<Settings>): Change =>
  (was) => ({ ...was, settings: { ...was.settings, ...change } });
const withSnapshot =
  (change: Partial<Snapshot>): Change =>
  (was) => ({ ...was, snapshot: { ...was.snapshot, ...change } });
const withPrincipal =
  (change: Partial<PrincipalReading>): Change =>
  (was) => ({ ...was, principal: { ...was.principal, ...change } });
const withArns =
  (arn: string): Change =>
  (was) => ({ ...was, entry: { ...was.entry, principalArn: arn }, principal: { ...was.principal, arn } });
const having =
  (change: Partial<GuardFacts>): Change =>
  (was) => ({ ...was, ...change });
const all =
  (...changes: readonly Change[]): Change =>
  (was) =>
    changes.reduce((so, change) => change(so), was);

const policy = (name: string, ...namespaces: string[]): PolicyAssociation => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  accessScope: namespaces.length > 0 ? { type: 'namespace', namespaces } : { type: 'cluster' },
});
const withPolicies = (...policies: PolicyAssociation[]) => withSnapshot({ policies });
const node = (type: string) => withSnapshot({ type });

const asked = (
  principalId: string,
  askedAt: string,
  verdict?: 'approved' | 'denied',
): AskedQuestion & { answer?: Answer } => ({
  principalId,
  askedAt,
  rules: ['AdminPolicy'],
  digest: `${principalId} ${askedAt}`,
  ...(verdict && { answer: { verdict, by: 'arn:aws:iam::111122223333:user/grace', at: askedAt } }),
});
/** Questions as they were asked about the entry of one cluster; the entry that is decided on is that of `shop`. */
const about = (clusterName: string, ...questions: ReturnType<typeof asked>[]): AnsweredQuestion[] =>
  questions.map((question) => ({ ...question, isOfThisEntry: clusterName === facts.entry.clusterName }));
const OLD = 'AROAOLDOLDOLDOLDOLDO';

const rebound = ['rebind', 'StandardOnBoundTrust'];
const refuses = (rule: string) => ['refuse', rule];
const asks = (rule: string) => ['ask', rule];

const verdictOf = (change: Change) => {
  const { action, reasons } = guard(change(facts));
  return [action, reasons[0]?.rule];
};

describe('refuses', () => {
  test.each<[string, Change, string[]]>([
    [
      'a service-linked role',
      withArns('arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/x'),
      refuses('ServiceLinkedRole'),
    ],
    ['not a role that is only named like one', withArns('arn:aws:iam::111122223333:role/AWSServiceRoleForX'), rebound],
    ['our own roles', withArns('arn:aws:iam::111122223333:role/eks-rebind/CheckRole'), refuses('OwnPrincipal')],
    [
      'our own roles further down',
      withArns('arn:aws:iam::111122223333:role/eks-rebind/a/CheckRole'),
      refuses('OwnPrincipal'),
    ],
    ['not a role that is named like ours', withArns('arn:aws:iam::111122223333:role/team/eks-rebind/x'), rebound],
    ['an unknown type', node('OUTPOST'), refuses('UnknownEntryType')],
    ['a type in another case', node('standard'), refuses('UnknownEntryType')],
    ...[
      'AmazonEKSClusterInsightsPolicy',
      'AmazonEKSHybridPolicy',
      'AmazonEKSComputeClusterPolicy',
      'AmazonEKSComputePolicy',
      'AmazonEKSBlockStorageClusterPolicy',
      'AmazonEKSBlockStoragePolicy',
    ].map((name): [string, Change, string[]] => [
      `the service’s own ${name}`,
      withPolicies(policy('AmazonEKSViewPolicy'), policy(name)),
      refuses('ServiceOnlyPolicy'),
    ]),
    [
      'the service’s own in China',
      withPolicies({ ...policy('x'), policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSHybridPolicy' }),
      refuses('ServiceOnlyPolicy'),
    ],
    ['an entry with the tag', withSnapshot({ tags: { 'eks-rebind:opt-out': 'true' } }), refuses('OptedOut')],
    [
      'an entry with the tag, whatever its value',
      withSnapshot({ tags: { 'eks-rebind:opt-out': 'false' } }),
      refuses('OptedOut'),
    ],
    [
      'an entry with the tag in another case',
      withSnapshot({ tags: { 'EKS-Rebind:Opt-Out': '' } }),
      refuses('OptedOut'),
    ],
    [
      'an entry with the tag among those of AWS',
      all(withSettings({ optOutTag: 'aws:keep' }), withSnapshot({ lostTags: { 'aws:keep': '' } })),
      refuses('OptedOut'),
    ],
    ['a role with the tag', withPrincipal({ tags: { 'eks-rebind:opt-out': '' } }), refuses('OptedOut')],
    [
      'not an entry with another tag',
      all(withSnapshot({ tags: { 'eks-rebind:opt-out2': '' } }), withPrincipal({ tags: { team: '' } })),
      rebound,
    ],
    ['a role on the list', withSettings({ optOut: ['arn:aws:iam::111122223333:role/x', ARN] }), refuses('OptedOut')],
    [
      'a role on the list under another path and case',
      withSettings({ optOut: ['arn:aws:iam::111122223333:role/People'] }),
      refuses('OptedOut'),
    ],
    [
      'not the role of another account',
      withSettings({ optOut: ['arn:aws:iam::444455556666:role/team/people'] }),
      rebound,
    ],
    [
      'what the list names, though nobody understands it',
      all(withArns('arn:aws:iam::111122223333:ROOT'), withSettings({ optOut: ['arn:aws:iam::111122223333:root'] })),
      refuses('OptedOut'),
    ],
    [
      'a role that now has another path',
      withPrincipal({ arn: 'arn:aws:iam::111122223333:role/people' }),
      refuses('ArnDiffers'),
    ],
    [
      'a role that now has another case',
      withPrincipal({ arn: ARN.replace('people', 'People') }),
      refuses('ArnDiffers'),
    ],
    ['a role of which IAM shows only the id', withPrincipal({ arn: principal.principalId }), refuses('ArnDiffers')],
    ['all, where the service only reports', withSettings({ mode: 'report' }), refuses('ReportOnly')],
  ])('%s', (_what, change, expected) => {
    expect(verdictOf(change)).toEqual(expected);
  });
});

describe('asks', () => {
  const creators = (...trustedCreators: string[]) => withSettings({ trustedCreators });
  const actor = (actorArn?: string) =>
    having({ cause: { kind: 'event', ...(actorArn !== undefined && { actorArn }) } });
  const SESSION = 'arn:aws:sts::111122223333:assumed-role/deployer/run-7';
  test.each<[string, Change, string[]]>([
    ['before it finishes another’s delete', having({ takeover: 'the delete is two hours old' }), asks('ResumedDelete')],
    [
      'after a question left open',
      having({ questions: [...about('shop', asked(OLD, '2026-11-20T00:00:00Z'))] }),
      asks('AskedBefore'),
    ],
    [
      'after a question denied',
      having({ questions: [...about('shop', asked(OLD, '2026-11-20T00:00:00Z', 'denied'))] }),
      asks('AskedBefore'),
    ],
    [
      'after a question about another cluster’s entry',
      having({ questions: [...about('shop'), ...about('cart', asked(OLD, '2026-11-20T00:00:00Z'))] }),
      asks('AskedBefore'),
    ],
    [
      'after an approval that was given before',
      having({
        questions: [
          ...about('shop', asked(OLD, '2026-11-19T00:00:00Z', 'approved'), asked(OLD, '2026-11-20T00:00:00Z')),
        ],
      }),
      asks('AskedBefore'),
    ],
    [
      'after an approval of the same moment',
      having({
        questions: [
          ...about('shop', asked(OLD, '2026-11-20T00:00:00Z', 'approved')),
          ...about('cart', asked(OLD, '2026-11-20T00:00:00Z')),
        ],
      }),
      asks('AskedBefore'),
    ],
    [
      'after an approval at no time',
      having({ questions: [...about('shop', asked(OLD, '2026-11-20T00:00:00Z'), asked(OLD, 'later', 'approved'))] }),
      asks('AskedBefore'),
    ],
    [
      'not after a question approved',
      having({ questions: [...about('shop', asked(OLD, '2026-11-20T00:00:00Z', 'approved'))] }),
      rebound,
    ],
    [
      'not after an approval of the same entry since',
      having({
        questions: [
          ...about('cart', asked(OLD, '2026-11-20T00:00:00Z', 'denied')),
          ...about('shop', asked('AROAOTHEROTHEROTHERO', '2026-11-21T00:00:00Z', 'approved')),
        ],
      }),
      rebound,
    ],
    [
      "after an approval of the role's entry in another cluster",
      having({
        questions: [
          ...about('shop', asked(OLD, '2026-11-20T00:00:00Z', 'denied')),
          ...about('cart', asked('AROAOTHEROTHEROTHERO', '2026-11-21T00:00:00Z', 'approved')),
        ],
      }),
      asks('AskedBefore'),
    ],
    [
      'after a denial for the same incarnation, in whatever cluster',
      having({ questions: [...about('cart', asked(principal.principalId, '2026-11-24T12:05:00Z', 'denied'))] }),
      asks('AskedBefore'),
    ],
    [
      'not after a question about the same incarnation',
      having({ questions: [...about('cart', asked(principal.principalId, '2026-11-24T12:05:00Z'))] }),
      rebound,
    ],
    ['where the service asks always', withSettings({ mode: 'ask' }), asks('AskMode')],
    [
      'where the trust is unreadable',
      having({ trust: { unreadable: 'it trusts everybody' } }),
      asks('TrustUnreadable'),
    ],
    ['where the creator is not on the list', creators('arn:aws:iam::111122223333:user/bob'), asks('UntrustedCreator')],
    [
      'where the creator is not told',
      all(creators('arn:aws:iam::111122223333:user/alice'), actor()),
      asks('UntrustedCreator'),
    ],
    [
      'where the creator’s session is of another role',
      all(creators('arn:aws:iam::111122223333:role/ops/admin'), actor(SESSION)),
      asks('UntrustedCreator'),
    ],
    [
      'where the creator’s session is of another account',
      all(creators('arn:aws:iam::444455556666:role/ops/deployer'), actor(SESSION)),
      asks('UntrustedCreator'),
    ],
    [
      'where the creator is a user named like a listed role',
      all(creators('arn:aws:iam::111122223333:role/alice'), actor('arn:aws:iam::111122223333:user/alice')),
      asks('UntrustedCreator'),
    ],
    [
      'not where the creator is listed',
      creators('arn:aws:iam::111122223333:user/bob', 'arn:aws:iam::111122223333:user/alice'),
      rebound,
    ],
    [
      'not where the creator’s role is listed',
      all(creators('arn:aws:iam::111122223333:role/ops/deployer'), actor(SESSION)),
      rebound,
    ],
    ['not where the creator’s very session is listed', all(creators(SESSION), actor(SESSION)), rebound],
    [
      'where a listed creator changed the trust',
      all(creators('arn:aws:iam::111122223333:user/alice'), having({ boundFingerprint: 'f0' })),
      asks('NoRuleMatches'),
    ],
  ])('%s', (_what, change, expected) => {
    expect(verdictOf(change)).toEqual(expected);
  });
});

describe('nodes', () => {
  const EC2 = node('EC2_LINUX');
  const strange = having({ boundFingerprint: 'f0' });
  const template = having({ boundFingerprint: undefined, isTemplate: true });
  const seen = (lastSeenAliveAt: string | undefined) => having({ lastSeenAliveAt });
  const byTrust = ['rebind', 'NodeOnBoundTrust'];
  const byTemplate = ['rebind', 'NodeOnTemplate'];
  test.each<[string, Change, string[]]>([
    ...['EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'].map(
      (type): [string, Change, string[]] => [`${type} of the bound trust`, node(type), byTrust],
    ),
    ['of the bound trust, last seen a year ago', all(EC2, seen('2025-11-24T12:00:00Z')), byTrust],
    ['of the bound trust, never seen', all(EC2, seen(undefined)), byTrust],
    ['of another trust', all(EC2, strange), asks('NoRuleMatches')],
    ['never seen bound', all(EC2, having({ boundFingerprint: undefined })), asks('NoRuleMatches')],
    ['of AWS’s template, seen lately', all(EC2, template), byTemplate],
    ['of AWS’s template where it was not before', all(EC2, strange, having({ isTemplate: true })), byTemplate],
    [
      'of AWS’s template, seen a second less than a day ago',
      all(EC2, template, seen('2026-11-23T12:10:01Z')),
      byTemplate,
    ],
    ['of AWS’s template, seen a day ago', all(EC2, template, seen('2026-11-23T12:10:00Z')), asks('NoRuleMatches')],
    ['of AWS’s template, never seen', all(EC2, template, seen(undefined)), asks('NoRuleMatches')],
    ['of AWS’s template, seen at no time', all(EC2, template, seen('lately')), asks('NoRuleMatches')],
    ['of AWS’s template, seen in the future', all(EC2, template, seen('2026-11-25T12:00:00Z')), asks('NoRuleMatches')],
    ['of AWS’s template, judged at no time', all(EC2, template, having({ now: 'now' })), asks('NoRuleMatches')],
    [
      'of Auto Mode on the template, with Auto Mode’s policy',
      all(node('EC2'), template, withPolicies(policy('AmazonEKSAutoNodePolicy'))),
      byTemplate,
    ],
    [
      'on the template, with a policy for people',
      all(node('EC2'), template, withPolicies(policy('AmazonEKSAutoNodePolicy'), policy('AmazonEKSEditPolicy'))),
      asks('NoRuleMatches'),
    ],
    [
      'of the bound trust, with a policy for people',
      all(node('EC2'), withPolicies(policy('AmazonEKSEditPolicy'))),
      byTrust,
    ],
    [
      'of the bound trust, with an administrator’s policy',
      all(node('EC2'), withPolicies(policy('AmazonEKSClusterAdminPolicy'))),
      asks('AdminPolicy'),
    ],
    [
      'with an administrator’s policy where settings allow people’s',
      all(node('EC2'), withSettings({ adminEntries: 'rebind' }), withPolicies(policy('AmazonEKSClusterAdminPolicy'))),
      asks('AdminPolicy'),
    ],
    ['a STANDARD entry on a node’s template', template, asks('NoRuleMatches')],
  ])('%s', (_what, change, expected) => {
    expect(verdictOf(change)).toEqual(expected);
  });
});

describe('people', () => {
  const adminAllowed = withSettings({ adminEntries: 'rebind' });
  const byAdmin = ['rebind', 'AdminOnBoundTrust'];
  const admin = withPolicies(policy('AmazonEKSViewPolicy'), policy('AmazonEKSClusterAdminPolicy'));
  test.each<[string, Change, string[]]>([
    ['of the bound trust', (was) => was, rebound],
    [
      'of the bound trust, with groups and a username of their own',
      withSnapshot({ username: 'ops', kubernetesGroups: ['ops'] }),
      rebound,
    ],
    ['of another trust', having({ boundFingerprint: 'f0' }), asks('NoRuleMatches')],
    ['never seen bound', having({ boundFingerprint: undefined }), asks('NoRuleMatches')],
    [
      'who view the cluster and edit a namespace',
      withPolicies(policy('AmazonEKSViewPolicy'), policy('AmazonEKSEditPolicy', 'shop')),
      rebound,
    ],
    ['who see all of the cluster', withPolicies(policy('AmazonEKSAdminViewPolicy')), rebound],
    ['who administer a namespace', withPolicies(policy('AmazonEKSAdminPolicy', 'shop', 'cart-*')), rebound],
    ['who administer every namespace', withPolicies(policy('AmazonEKSAdminPolicy', 'shop', '*')), asks('AdminPolicy')],
    ['who administer the cluster’s namespaces', withPolicies(policy('AmazonEKSAdminPolicy')), asks('AdminPolicy')],
    ['who administer the cluster', admin, asks('AdminPolicy')],
    [
      'who administer the cluster in China',
      withPolicies({
        ...policy('x'),
        policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      }),
      asks('AdminPolicy'),
    ],
    [
      'who administer a namespace as they would a cluster',
      withPolicies(policy('AmazonEKSClusterAdminPolicy', 'shop')),
      asks('AdminPolicy'),
    ],
    ['administrators, as settings allow', all(adminAllowed, admin), byAdmin],
    [
      'administrators of another trust, though settings allow',
      all(adminAllowed, admin, having({ boundFingerprint: 'f0' })),
      asks('AdminPolicy'),
    ],
    [
      'administrators never seen bound, though settings allow',
      all(adminAllowed, admin, having({ boundFingerprint: undefined })),
      asks('AdminPolicy'),
    ],
    ['no administrators, where settings allow them', adminAllowed, rebound],
  ])('%s', (_what, change, expected) => {
    expect(verdictOf(change)).toEqual(expected);
  });
});

describe('the first rule that matches decides', () => {
  // Each row makes one more rule match, from the last to the first: each time the new one has to win.
  const rows: [string, string, Change][] = [
    ['ask', 'AdminPolicy', withPolicies(policy('AmazonEKSClusterAdminPolicy'))],
    ['ask', 'UntrustedCreator', withSettings({ trustedCreators: ['x'] })],
    ['ask', 'TrustUnreadable', having({ trust: { unreadable: 'x' } })],
    ['ask', 'AskMode', withSettings({ mode: 'ask' })],
    ['ask', 'AskedBefore', having({ questions: [...about('shop', asked(OLD, '2026-11-20T00:00:00Z'))] })],
    ['ask', 'ResumedDelete', having({ takeover: 'x' })],
    ['refuse', 'ReportOnly', withSettings({ mode: 'report' })],
    ['refuse', 'ArnDiffers', withPrincipal({ arn: 'arn:aws:iam::111122223333:role/people' })],
    ['refuse', 'OptedOut', withSnapshot({ tags: { 'eks-rebind:opt-out': '' } })],
    ['refuse', 'ServiceOnlyPolicy', withPolicies(policy('AmazonEKSComputePolicy'))],
    ['refuse', 'UnknownEntryType', node('OUTPOST')],
    ['refuse', 'OwnPrincipal', withPrincipal({ arn: 'arn:aws:iam::111122223333:role/eks-rebind/x' })],
    [
      'refuse',
      'ServiceLinkedRole',
      (was) => ({
        ...was,
        entry: { ...was.entry, principalArn: 'arn:aws:iam::111122223333:role/aws-service-role/x/y' },
      }),
    ],
  ];
  test.each(rows.map(([action, rule], index) => [action, rule, index] as const))('%s, %s', (action, rule, index) => {
    expect(verdictOf(all(...rows.slice(0, index + 1).map(([, , change]) => change)))).toEqual([action, rule]);
  });

  test('and is followed by all others that say the same', () => {
    const change = all(withSettings({ mode: 'ask' }), withPolicies(policy('AmazonEKSClusterAdminPolicy')));
    expect(guard(change(facts)).reasons.map(({ rule }) => rule)).toEqual(['AskMode', 'AdminPolicy']);
  });

  test('but not by those that settings took away', () => {
    const change = all(
      withSettings({ mode: 'ask', adminEntries: 'rebind' }),
      withPolicies(policy('AmazonEKSClusterAdminPolicy')),
    );
    expect(guard(change(facts)).reasons.map(({ rule }) => rule)).toEqual(['AskMode']);
  });
});

describe('the evidence', () => {
  test('shows what nobody outside the cluster can judge: username and groups', () => {
    const { reasons } = guard(withSnapshot({ username: 'ops', kubernetesGroups: ['masters-of-ops'] })(facts));
    expect(reasons[0]?.evidence).toEqual({
      boundFingerprint: 'f1',
      username: 'ops',
      kubernetesGroups: ['masters-of-ops'],
    });
  });

  test('names the policies that make an administrator, with their scopes', () => {
    const admin = policy('AmazonEKSAdminPolicy', '*');
    const { reasons } = guard(withPolicies(policy('AmazonEKSViewPolicy'), admin)(facts));
    expect(reasons[0]?.evidence).toEqual({ policies: [admin] });
  });

  test('says that the creator is not told where no event tells', () => {
    const { reasons } = guard(
      all(withSettings({ trustedCreators: ['x'] }), having({ cause: { kind: 'sweep' } }))(facts),
    );
    expect(reasons[0]?.evidence).toEqual({ actorArn: 'not told', trustedCreators: ['x'] });
  });

  test('shows both trusts where no rule matches', () => {
    const { reasons } = guard(having({ boundFingerprint: 'f0' })(facts));
    expect(reasons[0]?.evidence).toMatchObject({ fingerprint: 'f1', boundFingerprint: 'f0' });
  });

  test('says that nothing was seen where nothing was', () => {
    const { reasons } = guard(having({ boundFingerprint: undefined, lastSeenAliveAt: undefined })(facts));
    expect(reasons[0]?.evidence).toMatchObject({ boundFingerprint: 'never seen', lastSeenAliveAt: 'never' });
  });
});

test('every rule has its own name', () => {
  expect(new Set(GUARD_RULES).size).toBe(GUARD_RULES.length);
  expect(GUARD_RULES.every((rule) => /^([A-Z][a-z]+)+$/.test(rule))).toBe(true);
});

// The first is the likeliest, so that a rebind is not too rare to be tried.
const mostly = <T>(first: T, ...others: T[]) => fc.constantFrom(first, first, first, first, first, ...others);

const anySettings = fc.record<Partial<Settings>>({
  mode: mostly<Settings['mode']>('rebind', 'ask', 'report'),
  adminEntries: mostly<Settings['adminEntries']>('ask', 'rebind'),
  trustedCreators: mostly<string[]>([], ['arn:aws:iam::111122223333:user/alice'], ['x']),
});
const policyNames = ['View', 'Admin', 'ClusterAdmin', 'AutoNode', 'Hybrid', 'Unheard'];
const anyPolicy = fc
  .tuple(fc.constantFrom(...policyNames), fc.constantFrom([], ['*'], ['shop']))
  .map(([name, namespaces]) => policy(`AmazonEKS${name}Policy`, ...namespaces));
const anySnapshot = fc.record<Partial<Snapshot>>({
  type: fc.constantFrom('STANDARD', 'EC2_LINUX', 'EC2', 'OUTPOST'),
  policies: fc.array(anyPolicy, { maxLength: 2 }),
  tags: mostly<Record<string, string>>({}, { 'eks-rebind:opt-out': '' }),
});
const anyRest = fc.record<Partial<GuardFacts>>({
  trust: mostly<GuardFacts['trust']>({ fingerprint: 'f1' }, { fingerprint: 'f2' }, { unreadable: 'x' }),
  isTemplate: fc.boolean(),
  boundFingerprint: fc.constantFrom('f1', 'f2', undefined),
  lastSeenAliveAt: mostly<string | undefined>('2026-11-24T00:00:00Z', '2026-11-20T00:00:00Z', 'x', undefined),
  questions: mostly<AnsweredQuestion[]>([], [...about('cart', asked(OLD, '2026-11-20T00:00:00Z'))]),
  takeover: mostly<string | undefined>(undefined, 'x'),
});
const anyArn = mostly(ARN, 'arn:aws:iam::111122223333:role/people');
const anyFacts = fc
  .tuple(anySettings, anySnapshot, anyRest, anyArn)
  .map(([of, entry, rest, arn]) =>
    all(withSettings(of), withSnapshot(entry), having(rest), withPrincipal({ arn }))(facts),
  );

/** Whether a rebind may ever be right, told without the table. */
function mayBeRebound(any: GuardFacts): boolean {
  const { settings: of, snapshot: entry, trust } = any;
  const isSame = 'fingerprint' in trust && trust.fingerprint === any.boundFingerprint;
  const isNodeSeenLately =
    any.isTemplate && any.lastSeenAliveAt === '2026-11-24T00:00:00Z' && entry.type !== 'STANDARD';
  return (
    of.mode === 'rebind' &&
    any.principal.arn === any.entry.principalArn &&
    any.takeover === undefined &&
    any.questions.length === 0 &&
    Object.keys(entry.tags).length === 0 &&
    entry.type !== 'OUTPOST' &&
    !entry.policies.some(({ policyArn }) => policyArn.includes('Hybrid')) &&
    'fingerprint' in trust &&
    (isSame || isNodeSeenLately)
  );
}

const property = (holds: (any: GuardFacts) => void) =>
  fc.assert(fc.property(anyFacts, holds), { numRuns: 3000, seed: 7 });

describe('for facts of every kind', () => {
  test('a rebind stands on the bound trust, or on a node’s template seen lately', () => {
    property((any) => {
      expect(guard(any).action === 'rebind' && !mayBeRebound(any)).toBe(false);
    });
  });

  test('an administrator is rebound only on the bound trust, where settings allow it', () => {
    property((any) => {
      const isAdmin = any.snapshot.policies.some(({ policyArn }) => policyArn.includes('ClusterAdmin'));
      const isAllowed = any.settings.adminEntries === 'rebind' && any.boundFingerprint === 'f1';
      const isRebound = guard(any).action === 'rebind' && 'fingerprint' in any.trust && any.trust.fingerprint === 'f1';
      expect(isRebound && isAdmin && !isAllowed).toBe(false);
    });
  });

  test('the decision is of the shape that travels, and says why', () => {
    property((any) => {
      const { action, reasons } = v.parse(Decision, guard(any));
      expect(['rebind', 'ask', 'refuse']).toContain(action);
      expect(GUARD_RULES).toContain(reasons[0]?.rule);
      expect(reasons.every(({ explanation }) => explanation !== '')).toBe(true);
    });
  });

  test('listing creators never loosens', () => {
    const rank = { rebind: 0, ask: 1, refuse: 2 };
    property((any) => {
      const open = guard(withSettings({ trustedCreators: [] })(any)).action;
      expect(rank[guard(any).action]).toBeGreaterThanOrEqual(rank[open]);
    });
  });
});
