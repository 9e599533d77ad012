import { describe, expect, test } from 'vitest';
import type { PolicyStatement, ResourcePolicyStatement } from '../../../../lib/local/deployment.ts';
import { createPermissions, type Identity } from '../../../../lib/local/policies/permissions.ts';
import { allowing } from '../allowing.ts';

const ACCOUNT = '111122223333';
const FUNCTION = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:Answer`;
const RULE = `arn:aws:events:us-east-1:${ACCOUNT}:rule/daily`;
const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;

const somebody = (statements: readonly PolicyStatement[], account = ACCOUNT): Identity => ({
  name: 'Step',
  arn: roleArn('ops/step', account),
  sessionArn: `arn:aws:sts::${account}:assumed-role/step/run`,
  statements,
});
const events = { service: 'events.amazonaws.com', sourceArn: RULE };

const letting = (principals: ResourcePolicyStatement['principals'], more: object = {}): ResourcePolicyStatement => ({
  effect: 'Allow',
  actions: ['lambda:InvokeFunction'],
  resources: [FUNCTION],
  principals,
  ...more,
});

/** What becomes of an invocation of the function. */
function invoking(who: Identity | typeof events, ...policy: readonly ResourcePolicyStatement[]) {
  const permissions = createPermissions();
  permissions.putResourcePolicy(FUNCTION, policy);
  return permissions.decide(who, { action: 'lambda:InvokeFunction', resource: FUNCTION });
}

const may = allowing('lambda:InvokeFunction');

describe('within an account either side suffices', () => {
  test.each<[string, readonly PolicyStatement[], readonly ResourcePolicyStatement[], string]>([
    ['its own policy', may, [], 'allow'],
    ['neither', [], [], 'implicitDeny'],
    ["the resource's, by role", [], [letting({ AWS: [roleArn('ops/step')] })], 'allow'],
    ["the resource's, by session", [], [letting({ AWS: [`arn:aws:sts::${ACCOUNT}:assumed-role/step/run`] })], 'allow'],
    ["the resource's, for anybody", [], [letting({ AWS: ['*'] })], 'allow'],
    ["the resource's, for the account, which then decides", [], [letting({ AWS: [ACCOUNT] })], 'implicitDeny'],
    ["the resource's, for a role without its path", [], [letting({ AWS: [roleArn('step')] })], 'implicitDeny'],
    ["the resource's, for a service", [], [letting({ Service: ['events.amazonaws.com'] })], 'implicitDeny'],
    ["a deny of the resource's beats its own", may, [letting({ AWS: ['*'] }, { effect: 'Deny' })], 'explicitDeny'],
  ])('%s', (_side, own, policy, expected) => {
    expect(invoking(somebody(own), ...policy)).toBe(expected);
  });
});

describe('across accounts both sides must agree', () => {
  const other = '444455556666';
  test.each<[string, readonly PolicyStatement[], readonly ResourcePolicyStatement[], string]>([
    ['its own policy alone', may, [], 'implicitDeny'],
    ["the resource's alone", [], [letting({ AWS: [roleArn('ops/step', other)] })], 'implicitDeny'],
    ['both, by role', may, [letting({ AWS: [roleArn('ops/step', other)] })], 'allow'],
    ['both, by account', may, [letting({ AWS: [`arn:aws:iam::${other}:root`] })], 'allow'],
    ['both, by another account', may, [letting({ AWS: [ACCOUNT] })], 'implicitDeny'],
  ])('%s', (_side, own, policy, expected) => {
    expect(invoking(somebody(own, other), ...policy)).toBe(expected);
  });
});

describe('a service is let in by the resource alone', () => {
  test.each<[string, readonly ResourcePolicyStatement[], string]>([
    ['named', [letting({ Service: ['events.amazonaws.com'] })], 'allow'],
    ['not named', [letting({ Service: ['sns.amazonaws.com'] })], 'implicitDeny'],
    ['anybody', [letting({ AWS: ['*'] })], 'allow'],
    ['an account', [letting({ AWS: [ACCOUNT] })], 'implicitDeny'],
    [
      'named for its rule',
      [letting({ Service: ['events.amazonaws.com'] }, { conditions: { ArnLike: { 'AWS:SourceArn': [RULE] } } })],
      'allow',
    ],
    [
      'named for another rule',
      [letting({ Service: ['events.amazonaws.com'] }, { conditions: { ArnLike: { 'AWS:SourceArn': [`${RULE}2`] } } })],
      'implicitDeny',
    ],
    [
      'named for its account',
      [
        letting(
          { Service: ['events.amazonaws.com'] },
          { conditions: { StringEquals: { 'aws:SourceAccount': [ACCOUNT] } } },
        ),
      ],
      'allow',
    ],
  ])('%s', (_how, policy, expected) => {
    expect(invoking(events, ...policy)).toBe(expected);
  });
});

const trust = (externalId?: string): ResourcePolicyStatement => ({
  effect: 'Allow',
  actions: ['sts:AssumeRole'],
  resources: [],
  principals: { AWS: [ACCOUNT] },
  ...(externalId && { conditions: { StringEquals: { 'sts:ExternalId': [externalId] } } }),
});

describe("a role's trust policy", () => {
  const member = roleArn('eks-rebind/member', '444455556666');
  function assuming(own: readonly PolicyStatement[], statement: ResourcePolicyStatement, externalId?: string) {
    const permissions = createPermissions();
    permissions.putResourcePolicy(member, [statement]);
    const context = externalId === undefined ? [] : [['sts:externalid', [externalId]] as const];
    return permissions.decide(somebody(own), { action: 'sts:AssumeRole', resource: member }, context);
  }

  test.each<[string, readonly PolicyStatement[], ResourcePolicyStatement, string | undefined, string]>([
    ['lets in whoever may and is trusted', allowing('sts:AssumeRole'), trust(), undefined, 'allow'],
    ['lets in nobody who may not', [], trust(), undefined, 'implicitDeny'],
    ['wants its external id', allowing('sts:AssumeRole'), trust('secret'), undefined, 'implicitDeny'],
    ['wants the right external id', allowing('sts:AssumeRole'), trust('secret'), 'guess', 'implicitDeny'],
    ['takes the right external id', allowing('sts:AssumeRole'), trust('secret'), 'secret', 'allow'],
  ])('%s', (_what, own, statement, externalId, expected) => {
    expect(assuming(own, statement, externalId)).toBe(expected);
  });

  test('is needed within an account too', () => {
    const permissions = createPermissions();
    const own = roleArn('other');
    const asked = { action: 'sts:AssumeRole', resource: own };
    permissions.putResourcePolicy(own, []);
    expect(permissions.decide(somebody(allowing('sts:AssumeRole')), asked)).toBe('implicitDeny');
  });
});

describe('what was used is told', () => {
  test('by principal, policy, statement, action and resource, once each', () => {
    const permissions = createPermissions();
    permissions.putResourcePolicy(FUNCTION, [letting({ Service: ['events.amazonaws.com'] })]);
    const asked = { action: 'lambda:InvokeFunction', resource: FUNCTION };
    const conditions = { Bool: { 'aws:SecureTransport': ['true'] } };
    const who = somebody([
      ...allowing('eks:*'),
      { ...may[0], effect: 'Allow', actions: ['lambda:*'], resources: ['*'], conditions },
    ]);
    permissions.decide(who, asked);
    permissions.decide(who, asked);
    permissions.decide(events, asked);
    expect(permissions.used).toEqual([
      { principal: 'Step', policy: 'Step', statement: 1, ...asked, conditionKeys: ['aws:SecureTransport'] },
      { principal: 'events.amazonaws.com', policy: FUNCTION, statement: 0, ...asked, conditionKeys: [] },
    ]);
  });

  test('but nothing that was denied', () => {
    const permissions = createPermissions();
    permissions.decide(somebody(allowing('eks:*')), { action: 'iam:GetRole', resource: roleArn('x') });
    expect(permissions.used).toEqual([]);
  });
});

test('a deployed role is held to its statements, and one that is not may do everything', () => {
  const permissions = createPermissions();
  permissions.putRole('watch', roleArn('eks-rebind/watch'), allowing('lambda:InvokeFunction'));
  const asked = { action: 'states:StartExecution', resource: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:x` };
  expect(permissions.decide(permissions.roleIdentity(roleArn('eks-rebind/watch'), 'x'), asked)).toBe('implicitDeny');
  expect(permissions.decide(permissions.roleIdentity(roleArn('somebody'), 'x'), asked)).toBe('allow');
});
