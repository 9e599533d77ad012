import type { TableDefinition, TableKeys } from '../../deployment.ts';
import type { Properties } from '../properties.ts';
import { refuse } from '../template-error.ts';

/** Properties that say what a table, regional or global, is keyed by. */
export const TABLE_PROPERTIES = [
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
];

/** DynamoDB quotas: characters in a table's name. */
export const LONGEST_TABLE_NAME = 255;

/** A table's keys and those of its indexes. The local DynamoDB has texts as keys, whole items in indexes, and no throughput. */
export function tableDefinition(properties: Properties): TableDefinition {
  if (properties.oneOf('BillingMode', ['PAY_PER_REQUEST', 'PROVISIONED']) !== 'PAY_PER_REQUEST') {
    refuse(`${properties.path}.BillingMode`, 'the local AWS emulates PAY_PER_REQUEST only');
  }
  const attributes = new Map(
    properties
      .list('AttributeDefinitions', { reads: ['AttributeName', 'AttributeType'] })
      .map((attribute) => [attribute.text('AttributeName'), attribute.text('AttributeType')]),
  );
  const indexes = properties.list('GlobalSecondaryIndexes', { reads: ['IndexName', 'KeySchema', 'Projection'] });
  const named = indexes.map((index) => {
    const projection = index.members('Projection', { reads: ['ProjectionType'] })?.text('ProjectionType');
    if (projection !== 'ALL')
      refuse(`${index.path}.Projection`, 'the local AWS emulates indexes of whole items (ALL) only');
    return [index.text('IndexName'), keysOf(index, attributes)] as const;
  });
  return {
    ...keysOf(properties, attributes),
    ...(named.length > 0 && { indexes: Object.fromEntries(named) }),
  };
}

function keysOf(holder: Properties, attributes: ReadonlyMap<string, string>): TableKeys {
  const path = `${holder.path}.KeySchema`;
  const schema = holder.list('KeySchema', { reads: ['AttributeName', 'KeyType'] });
  const keyOf = (type: 'HASH' | 'RANGE') =>
    schema.find((key) => key.oneOf('KeyType', ['HASH', 'RANGE']) === type)?.text('AttributeName');
  const [hashKey, sortKey] = [keyOf('HASH') ?? refuse(path, 'expected a HASH key'), keyOf('RANGE')];
  for (const name of [hashKey, ...(sortKey === undefined ? [] : [sortKey])]) {
    const type = attributes.get(name);
    if (type !== 'S') refuse(path, `the local AWS emulates keys of type S only, '${name}' is ${type ?? 'not defined'}`);
  }
  return { hashKey, ...(sortKey !== undefined && { sortKey }) };
}
