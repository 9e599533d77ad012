import { expect, test } from 'vitest';
import { LEDGER_TABLE } from '../../../lib/aws/ledger-items.ts';
import { EVERYTHING, resourcesOf } from './synthesized.ts';

const [id = ''] = resourcesOf('AWS::DynamoDB::Table').keys();
const table = EVERYTHING.Resources[id]?.Properties;

test('the ledger has the keys and indexes that its items are written for, on demand', () => {
  expect(table).toMatchObject({
    TableName: 'eks-rebind-ledger',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: LEDGER_TABLE.hashKey, KeyType: 'HASH' },
      { AttributeName: LEDGER_TABLE.sortKey, KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: Object.entries(LEDGER_TABLE.indexes).map(([name, { hashKey }]) => ({
      IndexName: name,
      KeySchema: [{ AttributeName: hashKey, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    })),
  });
});

test('the ledger outlives the stack, can be set back in time, and forgets nothing', () => {
  expect(EVERYTHING.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  expect(table).not.toHaveProperty('TimeToLiveSpecification');
});
