import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Ledger, LedgerRecord } from '../core/ledger.ts';
import type { Random } from '../runtime.ts';
import type { Clients } from './clients.ts';
import * as items from './ledger-items.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `ledger`. */
export const DYNAMODB_LEDGER_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'] as const;

/** The ledger in one DynamoDB table: a single item for each record and each question, written on a condition. */
export function dynamodbLedger(clients: Clients, tableName: string, random: Random): Ledger {
  const TableName = tableName;

  const get = (key: Record<string, AttributeValue>): Promise<items.Item | undefined> =>
    nameErrors('dynamodb:GetItem', async () => {
      const command = new GetItemCommand({ TableName, Key: key, ConsistentRead: true });
      return (await clients.dynamodb().send(command)).Item;
    });

  const put = (item: items.Item, expected: number): Promise<'written' | 'conflict'> =>
    nameErrors('dynamodb:PutItem', async () => {
      const writeId = newWriteId(random);
      const command = new PutItemCommand({
        TableName,
        Item: { ...item, version: { N: String(expected + 1) }, writeId: { S: writeId } },
        ...onVersion(expected),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await clients.dynamodb().send(command);
        return 'written';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The answer to our write was lost and the client sent it again: what stands in its way is the write itself. Where
        // another writer has come in between, this is a conflict like any other, and the caller reads anew.
        return error.Item?.['writeId']?.S === writeId ? 'written' : 'conflict';
      }
    });

  const find = (attribute: string, value: string, where: { IndexName: string } | { ConsistentRead: true }) =>
    nameErrors('dynamodb:Query', async () => {
      const found: LedgerRecord[] = [];
      const question = {
        TableName,
        ...where,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': attribute },
        ExpressionAttributeValues: { ':value': { S: value } },
      };
      for await (const { Items = [] } of paginateQuery({ client: clients.dynamodb() }, question)) {
        found.push(...Items.map(items.recordIn));
      }
      return found;
    });

  return {
    async read(entry) {
      const item = await get(items.entryKey(entry));
      return item && { record: items.recordIn(item), version: items.versionOf(item) };
    },
    write: (record, expected) => put(items.recordItem(record), expected),
    ofPrincipal: (principal) => find('pk', items.principalPartition(principal), { ConsistentRead: true }),
    ofCluster: (cluster) => find('cluster', items.clusterKey(cluster), { IndexName: 'by-cluster' }),
    withOpenJournal: () => find('openJournal', 'open', { IndexName: 'open-journals' }),
    async readQuestion(id) {
      const item = await get(items.questionKey(id));
      return item && { question: items.questionIn(item), version: items.versionOf(item) };
    },
    writeQuestion: (question, expected) => put(items.questionItem(question), expected),
  };
}

function onVersion(expected: number) {
  if (expected === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':expected': { N: String(expected) } },
  };
}

/** 128 bits of chance: no two writes have the same. */
const newWriteId = (random: Random): string =>
  Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
