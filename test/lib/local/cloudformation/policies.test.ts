import { describe, expect, test } from 'vitest';
import { ACCOUNT } from '../local-world.ts';
import { deployed, functionWithRole, policyOf, refusalOf, roleOf } from './small-templates.ts';

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/mine-Role`;

/** The statements of a role that has this statement. */
function statementsWith(statement: object) {
  const Policies = [{ PolicyName: 'It', PolicyDocument: policyOf(statement) }];
  const { roles } = deployed({ Role: roleOf('events.amazonaws.com', { Policies }) });
  return roles?.[ROLE_ARN]?.statements;
}

/** What a role with this statement is refused with. */
function refusalWith(statement: object, document: object = {}) {
  const Policies = [{ PolicyName: 'It', PolicyDocument: { ...policyOf(statement), ...document } }];
  return refusalOf({ Role: roleOf('events.amazonaws.com', { Policies }) });
}

describe('a policy of a template', () => {
  test('has every part as a list of texts', () => {
    const Condition = { StringEquals: { 'eks:policyArn': 'arn:p', 'x:many': ['a', 'b'] }, Bool: { 'x:flag': true } };
    expect(statementsWith({ Sid: 'It', Effect: 'Deny', Resource: ['a', { Ref: 'AWS::Region' }], Condition })).toEqual([
      {
        effect: 'Deny',
        actions: ['eks:ListClusters'],
        resources: ['a', 'us-east-1'],
        conditions: {
          StringEquals: { 'eks:policyArn': ['arn:p'], 'x:many': ['a', 'b'] },
          Bool: { 'x:flag': ['true'] },
        },
      },
    ]);
  });

  test('may be one statement without a list', () => {
    const PolicyDocument = { Version: '2012-10-17', Statement: policyOf({}).Statement[0] };
    const Role = roleOf('events.amazonaws.com', { Policies: [{ PolicyName: 'It', PolicyDocument }] });
    expect(deployed({ Role }).roles?.[ROLE_ARN]?.statements).toHaveLength(1);
  });

  test.each([
    [{ NotAction: 'eks:*' }, "NotAction: the local AWS doesn't emulate 'NotAction' of a policy statement"],
    [{ NotResource: '*' }, "doesn't emulate 'NotResource'"],
    [{ Principal: '*' }, "doesn't emulate 'Principal'"],
    [{ Effect: 'Permit' }, 'Effect: expected Allow or Deny, it is "Permit"'],
    [{ Effect: undefined }, 'expected an Effect'],
    [{ Action: undefined }, 'Action: expected actions'],
    [{ Resource: [] }, 'a policy of a role must name resources'],
    [{ Resource: [{ a: 1 }] }, 'Resource: expected texts'],
    [{ Condition: { Bool: 'true' } }, 'Condition.Bool: expected condition keys'],
    [{ Condition: 'x' }, 'Condition: expected an object'],
  ])('with %j is refused', (statement, reason) => {
    expect(refusalWith(statement)).toContain(reason);
  });

  test.each([
    [{ Version: '2008-10-17' }, 'Version: expected 2012-10-17'],
    [{ Version: undefined }, 'Version: expected text'],
    [{ Statement: [] }, 'Statement: expected statements'],
    [{ Rules: [] }, "doesn't emulate 'Rules' of a policy document"],
  ])('whose document has %j is refused', (document, reason) => {
    expect(refusalWith({}, document)).toContain(reason);
  });
});

/** Whom a role trusts whose trust policy has this principal. */
function trustedBy(Principal: unknown) {
  const AssumeRolePolicyDocument = policyOf({ Action: 'sts:AssumeRole', Resource: undefined, Principal });
  return deployed({ Role: roleOf('x', { AssumeRolePolicyDocument }) }).roles?.[ROLE_ARN]?.trust[0]?.principals;
}

describe('a role of a template', () => {
  test('has its inline policies and those that name it', () => {
    const Role = roleOf('events.amazonaws.com', { Policies: [{ PolicyName: 'One', PolicyDocument: policyOf({}) }] });
    const More = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'More', PolicyDocument: policyOf({ Action: 'sns:Publish' }), Roles: [{ Ref: 'Role' }] },
    };
    // In whatever order they stand.
    const { roles } = deployed({ More, Role });
    expect(roles?.[ROLE_ARN]).toMatchObject({
      statements: [{ actions: ['eks:ListClusters'] }, { actions: ['sns:Publish'] }],
      trust: [{ actions: ['sts:AssumeRole'], principals: { Service: ['events.amazonaws.com'] } }],
    });
  });

  test("that is a function's is told with the function, and nowhere else", () => {
    expect(deployed(functionWithRole()).roles).toEqual({});
  });

  test.each([
    ['Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, "doesn't emulate 'ManagedPolicyArns'"],
    ['Role', { PermissionsBoundary: 'arn:b' }, "doesn't emulate 'PermissionsBoundary'"],
    ['Role', { AssumeRolePolicyDocument: undefined }, 'AssumeRolePolicyDocument: expected an object'],
    ['Role', { AssumeRolePolicyDocument: policyOf({ Resource: undefined }) }, 'Principal: expected principals'],
  ])('%s with %j is refused', (_, properties, reason) => {
    expect(refusalOf({ Role: roleOf('events.amazonaws.com', properties) })).toContain(reason);
  });

  test.each([
    [{ Users: ['ann'] }, "doesn't emulate 'Users' of AWS::IAM::Policy"],
    [{ Roles: ['other'] }, 'no role of the template is called other'],
    [{ Roles: [] }, 'expected roles that have the policy'],
    [{ Roles: 'Role' }, 'Roles: expected a list of texts, it is "Role"'],
    [{ Roles: [1] }, 'Roles: expected a list of texts, it is [1]'],
  ])('has no policy with %j', (properties, reason) => {
    const More = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'More', PolicyDocument: policyOf({}), ...properties },
    };
    expect(refusalOf({ More, Role: roleOf('events.amazonaws.com') })).toContain(reason);
  });

  test('may be trusted by anybody, by accounts and by services', () => {
    expect(trustedBy('*')).toEqual({ AWS: ['*'] });
    expect(trustedBy({ AWS: ACCOUNT, Service: ['a', 'b'] })).toEqual({ AWS: [ACCOUNT], Service: ['a', 'b'] });
  });
});

const statement = { Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' } };

/** A policy of those queues. */
const queuePolicy = (queues: unknown[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: queues, PolicyDocument: policyOf(statement) },
});

/** A policy of those topics. */
const topicPolicy = (topics: unknown[]) => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { Topics: topics, PolicyDocument: policyOf({ ...statement, Action: 'sns:Publish' }) },
});

const busPolicy = (properties: object) => ({
  Type: 'AWS::Events::EventBusPolicy',
  Properties: { StatementId: 'theirs', ...properties },
});

describe('policies of topics, queues and the bus', () => {
  const [Letters, News] = [{ Type: 'AWS::SQS::Queue' }, { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } }];
  const principals = { Service: ['events.amazonaws.com'] };

  test('go to whom they name', () => {
    const Policy = queuePolicy([{ Ref: 'Letters' }]);
    const { topics, queues } = deployed({ Letters, News, Policy, Other: topicPolicy([{ Ref: 'News' }]) });
    expect(queues).toMatchObject({ 'mine-Letters': { policy: [{ actions: ['sqs:SendMessage'], principals }] } });
    expect(topics).toMatchObject({ news: { policy: [{ actions: ['sns:Publish'], principals }] } });
  });

  test('are not there where nothing gives one', () => {
    expect(deployed({ Letters, News })).toMatchObject({ queues: { 'mine-Letters': {} }, topics: { news: {} } });
  });

  test('are refused for others, for none, and twice for one', () => {
    expect(refusalOf({ Letters, Policy: queuePolicy(['https://other']) })).toContain(
      "https://other isn't in the template",
    );
    expect(refusalOf({ News, Policy: topicPolicy([]) })).toContain('expected whose policy it is');
    const Policy = queuePolicy([{ Ref: 'Letters' }]);
    expect(refusalOf({ Letters, Policy, Again: Policy })).toContain('has a policy already');
  });

  test('of the default bus are kept, of another refused', () => {
    const Statement = { Effect: 'Allow', Action: 'events:PutEvents', Principal: { AWS: ACCOUNT }, Resource: 'arn:bus' };
    expect(deployed({ Policy: busPolicy({ EventBusName: 'default', Statement }) }).eventBusPolicy).toEqual([
      { effect: 'Allow', actions: ['events:PutEvents'], resources: ['arn:bus'], principals: { AWS: [ACCOUNT] } },
    ]);
    expect(refusalOf({ Policy: busPolicy({ EventBusName: 'mine', Statement }) })).toContain(
      'expected default, it is "mine"',
    );
    expect(refusalOf({ Policy: busPolicy({ Action: 'events:PutEvents' }) })).toContain("doesn't emulate 'Action'");
  });
});
