import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { LEDGER_TABLE } from '../aws/ledger-items.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The ledger: inventory, journals and questions. It outlives the stack, since a journal that is open past the delete is the
 * only place where an entry still exists. Nothing in it expires: how long a snapshot is needed, no clock knows.
 */
export function ledgerTable(scope: Construct, namePrefix: string): Table {
  const table = new Table(scope, 'Ledger', {
    tableName: `${namePrefix}ledger`,
    partitionKey: text(LEDGER_TABLE.hashKey),
    sortKey: text(LEDGER_TABLE.sortKey),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const [indexName, { hashKey }] of Object.entries(LEDGER_TABLE.indexes)) {
    table.addGlobalSecondaryIndex({ indexName, partitionKey: text(hashKey) });
  }
  return table;
}
