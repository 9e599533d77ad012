import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';
import { tableIdentity } from './table.ts';
import { TABLE_PROPERTIES, tableDefinition } from './table-keys.ts';

const REPLICA = {
  reads: ['Region'],
  keeps: [
    'PointInTimeRecoverySpecification',
    'DeletionProtectionEnabled',
    'ContributorInsightsSpecification',
    'SSESpecification',
    'TableClass',
    'Tags',
  ],
};

/** A global table with one replica, where it is deployed: what CDK's `TableV2` makes. More replicas are refused. */
export const globalTable: ResourceKind = {
  type: 'AWS::DynamoDB::GlobalTable',
  reads: [...TABLE_PROPERTIES, 'Replicas'],
  keeps: ['SSESpecification', 'StreamSpecification'],
  identify: tableIdentity,
  load({ identity, properties }, { tables, where }) {
    const regions = properties.list('Replicas', REPLICA).map((replica) => replica.text('Region'));
    if (regions.length !== 1 || regions[0] !== where.region) {
      refuse(
        `${properties.path}.Replicas`,
        `expected one replica, in ${where.region}, there are: ${regions.join(', ')}`,
      );
    }
    tables.set(identity.name, tableDefinition(properties));
  },
};
