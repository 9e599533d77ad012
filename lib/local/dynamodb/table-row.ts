import type { TableDefinition, TableKeys } from '../deployment.ts';

const schemaOf = ({ hashKey, sortKey }: TableKeys) => [
  { AttributeName: hashKey, KeyType: 'HASH' },
  ...(sortKey ? [{ AttributeName: sortKey, KeyType: 'RANGE' }] : []),
];

/** The names of a table's or an index's key attributes. */
export const keyNames = ({ hashKey, sortKey }: TableKeys): string[] => (sortKey ? [hashKey, sortKey] : [hashKey]);

/** A table as dynalite keeps it once it is there (the TableDescription of the API reference): on demand, its indexes whole. */
export function tableRow(name: string, definition: TableDefinition): object {
  const indexes = Object.entries(definition.indexes ?? {});
  const names = new Set([definition, ...indexes.map(([, keys]) => keys)].flatMap(keyNames));
  return {
    TableName: name,
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    AttributeDefinitions: [...names].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: schemaOf(definition),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([index, keys]) => ({
        IndexName: index,
        IndexStatus: 'ACTIVE',
        KeySchema: schemaOf(keys),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  };
}
