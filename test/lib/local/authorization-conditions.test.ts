import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  EKSClient,
  ListClustersCommand,
} from '@aws-sdk/client-eks';
import { EventBridgeClient, PutEventsCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { PolicyStatement } from '../../../lib/local/deployment.ts';
import { ACCOUNT, EC2, localWorld, refusal, roleArn } from './local-world.ts';

const WORKER = roleArn('team/worker');
const CLUSTER = `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/prod`;
const ENTRIES = `arn:aws:eks:us-east-1:${ACCOUNT}:access-entry/prod/role/${ACCOUNT}`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/things`;
const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

type Conditions = NonNullable<PolicyStatement['conditions']>;

const allow = (action: string, resource: string, conditions?: Conditions): PolicyStatement => ({
  effect: 'Allow',
  actions: [action],
  resources: [resource],
  ...(conditions && { conditions }),
});

/** A world with a role, a cluster and a table, and clients of somebody whom these statements allow all they may do. */
async function holding(...statements: readonly PolicyStatement[]) {
  const { aws, iam, config, clock } = localWorld({ eks: { associable: 0 } });
  const role = { RoleName: 'worker', Path: '/team/', AssumeRolePolicyDocument: EC2 };
  await iam.send(new CreateRoleCommand(role));
  aws.eks.state.addCluster({ accountId: ACCOUNT, region: 'us-east-1', name: 'prod' });
  const tables = { things: { hashKey: 'pk', indexes: { 'by-cluster': { hashKey: 'cluster' } } } };
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  aws.deploy({ ...where, functions: {}, stateMachines: {}, rules: {}, tables });
  const client = config(aws.credentials.issue({ arn: roleArn('ops/step'), sessionName: 'run', statements }));
  const [eks, dynamodb, events] = [new EKSClient(client), new DynamoDBClient(client), new EventBridgeClient(client)];
  const outcome = async (call: Promise<unknown>) => {
    const answer = await clock.run(() => refusal(call));
    return answer instanceof Error ? answer.name : 'allowed';
  };
  return { aws, eks, dynamodb, events, iam: new IAMClient(client), outcome };
}

const DENIED = 'AccessDeniedException';

describe('CreateAccessEntry is judged by what it asks for', () => {
  const creating = { StringEquals: { 'eks:accessEntryType': ['EC2_LINUX'] } };
  const asking = (more: object = {}) =>
    new CreateAccessEntryCommand({ clusterName: 'prod', principalArn: WORKER, type: 'EC2_LINUX', ...more });
  const passing = allow('iam:PassRole', WORKER);
  const create = (conditions?: Conditions) => allow('eks:CreateAccessEntry', CLUSTER, conditions);

  test.each<[string, readonly PolicyStatement[], object, string]>([
    ['the type that is allowed', [create(creating), passing], {}, 'allowed'],
    ['another type', [create(creating), passing], { type: 'EC2_WINDOWS' }, DENIED],
    ['a type that it leaves open', [create(creating), passing], { type: undefined }, DENIED],
    [
      'the role that is allowed',
      [create({ ArnLike: { 'eks:principalArn': [roleArn('team/*')] } }), passing],
      {},
      'allowed',
    ],
    ['another role', [create({ ArnLike: { 'eks:principalArn': [roleArn('other/*')] } }), passing], {}, DENIED],
    ['a role that it may not pass', [create(), allow('iam:PassRole', roleArn('worker'))], {}, DENIED],
    [
      'a service that nobody knows',
      [create(), allow('iam:PassRole', WORKER, { StringEquals: { 'iam:PassedToService': ['eks.amazonaws.com'] } })],
      {},
      DENIED,
    ],
    ['another cluster', [allow('eks:CreateAccessEntry', `${CLUSTER}2`), passing], {}, DENIED],
    [
      'tags it may set',
      [
        create(),
        passing,
        allow('eks:TagResource', `${ENTRIES}/worker/*`, { StringEquals: { 'aws:RequestTag/team': ['a'] } }),
      ],
      { tags: { team: 'a' } },
      'allowed',
    ],
    [
      'tags of another value',
      [
        create(),
        passing,
        allow('eks:TagResource', `${ENTRIES}/worker/*`, { StringEquals: { 'aws:RequestTag/team': ['a'] } }),
      ],
      { tags: { team: 'b' } },
      DENIED,
    ],
    [
      'tags of other entries',
      [create(), passing, allow('eks:TagResource', `${ENTRIES}/other/*`)],
      { tags: { team: 'a' } },
      DENIED,
    ],
    [
      'tag keys',
      [create({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }), passing, allow('eks:TagResource', '*')],
      { tags: { team: 'a', more: 'b' } },
      DENIED,
    ],
  ])('%s', async (_what, statements, more, expected) => {
    const { eks, outcome } = await holding(...statements);
    expect(await outcome(eks.send(asking(more)))).toBe(expected);
  });

  test.each<[readonly string[] | undefined, string]>([
    [['viewers'], 'allowed'],
    [['viewers', 'admins'], DENIED],
    [undefined, 'allowed'],
  ])('groups %j: %s', async (kubernetesGroups, expected) => {
    const groups = { 'ForAllValues:StringEquals': { 'eks:kubernetesGroups': ['viewers'] } };
    const { eks, outcome } = await holding(create(groups));
    expect(await outcome(eks.send(asking({ type: 'STANDARD', kubernetesGroups })))).toBe(expected);
  });

  test.each([
    ['ann', 'allowed'],
    ['bob', DENIED],
  ])('user name %s: %s', async (username, expected) => {
    const { eks, outcome } = await holding(create({ StringLike: { 'eks:username': ['a*'] } }));
    expect(await outcome(eks.send(asking({ type: 'STANDARD', username })))).toBe(expected);
  });
});

describe('AssociateAccessPolicy is judged by policy, scope and namespaces', () => {
  test.each<[string, Conditions, object, string]>([
    ['the policy', { ArnEquals: { 'eks:policyArn': [VIEW] } }, { type: 'cluster' }, 'allowed'],
    ['another policy', { ArnEquals: { 'eks:policyArn': [`${VIEW}2`] } }, { type: 'cluster' }, DENIED],
    [
      'the scope',
      { StringEquals: { 'eks:accessScope': ['namespace'] } },
      { type: 'namespace', namespaces: ['a'] },
      'allowed',
    ],
    ['another scope', { StringEquals: { 'eks:accessScope': ['namespace'] } }, { type: 'cluster' }, DENIED],
    [
      'the namespaces',
      { 'ForAllValues:StringEquals': { 'eks:namespaces': ['a', 'b'] } },
      { type: 'namespace', namespaces: ['a'] },
      'allowed',
    ],
    [
      'more namespaces',
      { 'ForAllValues:StringEquals': { 'eks:namespaces': ['a', 'b'] } },
      { type: 'namespace', namespaces: ['a', 'c'] },
      DENIED,
    ],
  ])('%s', async (_what, conditions, accessScope, expected) => {
    const { aws, eks, outcome } = await holding(allow('eks:AssociateAccessPolicy', `${ENTRIES}/worker/*`, conditions));
    const entry = { accountId: ACCOUNT, region: 'us-east-1', clusterName: 'prod', principalArn: WORKER };
    aws.eks.state.addEntry({ ...entry, type: 'STANDARD', tags: {} });
    const asked = { clusterName: 'prod', principalArn: WORKER, policyArn: VIEW, accessScope };
    expect(await outcome(eks.send(new AssociateAccessPolicyCommand(asked)))).toBe(expected);
  });
});

describe('DynamoDB is judged by table, index and partition key', () => {
  const TableName = 'things';
  const journals = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['journal#*'] } };
  const get = (pk: string) => (db: DynamoDBClient) =>
    db.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } }));
  const put = (pk: string) => (db: DynamoDBClient) =>
    db.send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));
  const scan = (db: DynamoDBClient) => db.send(new ScanCommand({ TableName }));
  const query = (key: string, value: string, IndexName?: string) => (db: DynamoDBClient) =>
    db.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': { S: value } },
      }),
    );
  const byCluster = query('cluster', 'prod', 'by-cluster');

  test.each<[string, PolicyStatement, (db: DynamoDBClient) => Promise<unknown>, string]>([
    ['a key', allow('dynamodb:GetItem', TABLE, journals), get('journal#1'), 'allowed'],
    ['another key', allow('dynamodb:GetItem', TABLE, journals), get('x'), DENIED],
    ['an item', allow('dynamodb:PutItem', TABLE, journals), put('journal#1'), 'allowed'],
    ['another item', allow('dynamodb:PutItem', TABLE, journals), put('x'), DENIED],
    ['a query', allow('dynamodb:Query', TABLE, journals), query('pk', 'journal#1'), 'allowed'],
    ['a query for another key', allow('dynamodb:Query', TABLE, journals), query('pk', 'x'), DENIED],
    ['a query of an index', allow('dynamodb:Query', `${TABLE}/index/by-cluster`), byCluster, 'allowed'],
    ['a query of an index, by the table', allow('dynamodb:Query', TABLE), byCluster, DENIED],
    ['a query of an index for another key', allow('dynamodb:Query', `${TABLE}/index/*`, journals), byCluster, DENIED],
    ['a scan of another table', allow('dynamodb:Scan', `${TABLE}2`), scan, DENIED],
  ])('%s', async (_what, statement, act, expected) => {
    const { dynamodb, outcome } = await holding(statement);
    expect(await outcome(act(dynamodb))).toBe(expected);
  });
});

const entry = (Source: string, DetailType: string) => ({ Source, DetailType, Detail: '{}' });

describe('PutEvents is judged entry by entry', () => {
  const bus = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;
  const ours = { StringEquals: { 'events:source': ['eks-rebind'], 'events:detail-type': ['Rebound', 'Refused'] } };

  test.each([
    ['of our source and kind', [entry('eks-rebind', 'Rebound'), entry('eks-rebind', 'Refused')], 'allowed'],
    ['one of another source', [entry('eks-rebind', 'Rebound'), entry('others', 'Rebound')], DENIED],
    ['one of another kind', [entry('eks-rebind', 'Rebound'), entry('eks-rebind', 'Else')], DENIED],
  ])('%s', async (_what, Entries, expected) => {
    const { aws, events, outcome } = await holding(allow('events:PutEvents', bus, ours));
    expect(await outcome(events.send(new PutEventsCommand({ Entries })))).toBe(expected);
    expect(aws.events.events).toHaveLength(expected === 'allowed' ? 2 : 0);
  });
});

describe('IAM is judged by the role with its real path', () => {
  test.each([
    [WORKER, 'worker', 'allowed'],
    [roleArn('team/*'), 'WORKER', 'allowed'],
    [roleArn('worker'), 'worker', 'AccessDenied'],
    [roleArn('*'), 'nobody', 'NoSuchEntityException'],
    [roleArn('nobody'), 'nobody', 'NoSuchEntityException'],
    [roleArn('team/nobody'), 'nobody', 'AccessDenied'],
  ])('%s lets one look at %s: %s', async (resource, RoleName, expected) => {
    const { iam, outcome } = await holding(allow('iam:GetRole', resource));
    expect(await outcome(iam.send(new GetRoleCommand({ RoleName })))).toBe(expected);
  });

  test.each([
    ['*', 'allowed'],
    [roleArn('*'), 'AccessDenied'],
  ])('and a list, which is about no role in particular, on %s: %s', async (resource, expected) => {
    const { iam, outcome } = await holding(allow('iam:ListRoles', resource));
    expect(await outcome(iam.send(new ListRolesCommand({})))).toBe(expected);
  });
});

describe('a list, which is about no cluster, table or queue in particular, needs a statement on anything', () => {
  test.each<[string, string]>([
    ['eks:ListClusters', `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/*`],
    ['events:TestEventPattern', `arn:aws:events:us-east-1:${ACCOUNT}:rule/*`],
  ])('%s, not on %s', async (action, resource) => {
    const asked = async (statement: PolicyStatement) => {
      const { eks, events, outcome } = await holding(statement);
      if (action === 'eks:ListClusters') return outcome(eks.send(new ListClustersCommand({})));
      const pattern = { EventPattern: '{"source":["a"]}', Event: '{}' };
      return outcome(events.send(new TestEventPatternCommand(pattern)));
    };
    expect(await asked(allow(action, resource))).toBe(DENIED);
    expect(await asked(allow(action, '*'))).not.toBe(DENIED);
  });
});

test('an explicit deny says so', async () => {
  const deny: PolicyStatement = { effect: 'Deny', actions: ['iam:Delete*'], resources: ['*'] };
  const { iam } = await holding(allow('*', '*'), deny);
  const text = `User: arn:aws:sts::${ACCOUNT}:assumed-role/step/run is not authorized to perform: iam:DeleteRole on resource: role worker with an explicit deny in an identity-based policy`;
  expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'worker' })))).toMatchObject({ message: text });
});

test('what was used is told by the ARN of the role', async () => {
  const { aws, iam, outcome } = await holding(allow('iam:ListRoles', '*'), allow('iam:GetRole', WORKER));
  await outcome(iam.send(new GetRoleCommand({ RoleName: 'worker' })));
  const [principal, policy] = [roleArn('ops/step'), roleArn('ops/step')];
  expect(aws.permissions.used).toEqual([
    { principal, policy, statement: 1, action: 'iam:GetRole', resource: WORKER, conditionKeys: [] },
  ]);
});

test('a key with a condition that no call of it has is refused when it is issued', () => {
  const { aws } = localWorld();
  const statements = [allow('eks:DeleteAccessEntry', '*', { StringEquals: { 'eks:accessEntryType': ['EC2_LINUX'] } })];
  expect(() => aws.credentials.issue({ arn: roleArn('step'), statements })).toThrow(
    "'eks:DeleteAccessEntry' has no condition key 'eks:accessEntryType'",
  );
});
