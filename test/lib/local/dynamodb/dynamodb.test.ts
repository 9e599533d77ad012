import {
  DeleteItemCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createClients } from '../../../../lib/aws/clients.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../../../lib/local/index.ts';
import { allowing } from '../allowing.ts';

const ACCOUNT = '111122223333';
const TABLES = { things: { hashKey: 'kind', sortKey: 'name', indexes: { 'by-owner': { hashKey: 'owner' } } } };
const notEmulated = (what: string) => ({
  name: 'NotEmulated',
  message: `the local AWS does not emulate ${what}`,
});
const item = (name: string, more = {}) => ({ kind: { S: 'cup' }, name: { S: name }, ...more });

function dynamodbWorld() {
  const clock = createVirtualClock(Date.parse('2026-03-01T12:00:00Z'));
  const aws = createLocalAws({ clock, random: createSeededRandom(1) });
  const nothing = { functions: {}, stateMachines: {}, rules: {} };
  aws.deploy({ accountId: ACCOUNT, partition: 'aws', region: 'eu-west-1', ...nothing, tables: TABLES });
  function clientOf(region = 'eu-west-1', accountId = ACCOUNT, actions?: readonly string[]) {
    const key = aws.credentials.issue({
      arn: `arn:aws:iam::${accountId}:role/maker`,
      ...(actions && { statements: allowing(...actions) }),
    });
    const env = {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
    };
    const { requestHandler } = aws;
    return createClients({ env, clock, random: createSeededRandom(2), write: () => {}, requestHandler }).dynamodb();
  }
  return { aws, clientOf, run: <T>(work: () => Promise<T>) => clock.run(work) };
}

test('an item is put, changed, found by an index and deleted', async () => {
  const { clientOf, run } = dynamodbWorld();
  const client = clientOf();
  await run(() => client.send(new PutItemCommand({ TableName: 'things', Item: item('blue') })));
  const change = { TableName: 'things', Key: item('blue'), UpdateExpression: 'SET #owner = :ann' };
  const names = { ExpressionAttributeNames: { '#owner': 'owner' } };
  const values = { ExpressionAttributeValues: { ':ann': { S: 'ann' } } };
  await run(() => client.send(new UpdateItemCommand({ ...change, ...names, ...values })));
  const byOwner = { TableName: 'things', IndexName: 'by-owner', KeyConditionExpression: '#owner = :ann' };
  const found = await run(() => client.send(new QueryCommand({ ...byOwner, ...names, ...values })));
  expect(found.Items).toEqual([item('blue', { owner: { S: 'ann' } })]);
  await run(() => client.send(new DeleteItemCommand({ TableName: 'things', Key: item('blue') })));
  const gone = await run(() => client.send(new GetItemCommand({ TableName: 'things', Key: item('blue') })));
  expect(gone.Item).toBeUndefined();
});

test.each([
  ['with the item in the way, where it is asked for', 'ALL_OLD', item('blue', { size: { N: '1' } })],
  ['without it otherwise', 'NONE', undefined],
] as const)('a condition that does not hold is answered %s', async (_how, onFailure, expected) => {
  const { clientOf, run } = dynamodbWorld();
  const client = clientOf();
  const put = (size: string, more = {}) => {
    const Item = item('blue', { size: { N: size } });
    return run(() => client.send(new PutItemCommand({ TableName: 'things', Item, ...more })));
  };
  await put('1');
  const condition = { ConditionExpression: 'attribute_not_exists(kind)' };
  const refused = put('2', { ...condition, ReturnValuesOnConditionCheckFailure: onFailure });
  await expect(refused).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: expected });
});

test('each account and region has tables of its own', async () => {
  const { clientOf, run } = dynamodbWorld();
  for (const [region, account, tables] of [
    ['eu-west-1', ACCOUNT, ['things']],
    ['eu-west-2', ACCOUNT, []],
    ['eu-west-1', '444455556666', []],
  ] as const) {
    const { TableNames } = await run(() => clientOf(region, account).send(new ListTablesCommand({})));
    expect(TableNames).toEqual(tables);
  }
  const elsewhere = new GetItemCommand({ TableName: 'things', Key: item('blue') });
  await expect(run(() => clientOf('eu-west-2').send(elsewhere))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('what is not emulated is refused by name rather than ignored', async () => {
  const { clientOf, run } = dynamodbWorld();
  const client = clientOf();
  const picture = { picture: { B: new Uint8Array([1]) } };
  const binary = new PutItemCommand({ TableName: 'things', Item: item('blue', picture) });
  await expect(run(() => client.send(binary))).rejects.toMatchObject(notEmulated('binary values of dynamodb PutItem'));
  const scan = new ScanCommand({ TableName: 'things', ConsistentRead: true });
  await expect(run(() => client.send(scan))).rejects.toMatchObject(notEmulated('ConsistentRead of dynamodb Scan'));
});

test('DynamoDB says itself what is wrong with an input', async () => {
  const { clientOf, run } = dynamodbWorld();
  const command = new PutItemCommand({ TableName: 'things', Item: { kind: { S: 'cup' } } });
  await expect(run(() => clientOf().send(command))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'One or more parameter values were invalid: Missing the key name in the item',
  });
});

test('a key may be limited to some of its actions', async () => {
  const { aws, clientOf, run } = dynamodbWorld();
  const client = clientOf('eu-west-1', ACCOUNT, ['dynamodb:GetItem']);
  await run(() => client.send(new GetItemCommand({ TableName: 'things', Key: item('blue') })));
  await expect(
    run(() => client.send(new PutItemCommand({ TableName: 'things', Item: item('blue') }))),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      `dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/things`,
    ),
  });
  expect(aws.calls.all.map(({ operation, error }) => [operation, error])).toEqual([
    ['GetItem', undefined],
    ['PutItem', 'AccessDeniedException'],
  ]);
});
