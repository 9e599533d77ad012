import type { ResourceKind, Unnamed } from '../resource-kind.ts';
import { LONGEST_TABLE_NAME, TABLE_PROPERTIES, tableDefinition } from './table-keys.ts';

/** A table's name and ARN. Its stream's ARN has the time of its making in AWS; here it is always the same, as nobody reads it. */
export function tableIdentity({ nameFrom, arn }: Unnamed) {
  const name = nameFrom('TableName', LONGEST_TABLE_NAME);
  const table = arn('dynamodb', `table/${name}`);
  return { name, ref: name, attributes: { Arn: table, StreamArn: `${table}/stream/2026-01-01T00:00:00.000` } };
}

/** A table of one region. */
export const table: ResourceKind = {
  type: 'AWS::DynamoDB::Table',
  reads: TABLE_PROPERTIES,
  keeps: [
    'PointInTimeRecoverySpecification',
    'DeletionProtectionEnabled',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'Tags',
  ],
  identify: tableIdentity,
  load: ({ identity, properties }, { tables }) => void tables.set(identity.name, tableDefinition(properties)),
};
