import { EVENT_DETAIL_TYPE, EVENT_SOURCE } from '../../aws/event-bridge-announcements.ts';
import type { DeployedIn, ScopesOf } from '../action-scopes.ts';

const states = ({ partition, region, accountId, rebindEntryName }: DeployedIn, kind: string) =>
  `arn:${partition}:states:${region}:${accountId}:${kind}:${rebindEntryName}`;

const rebindEntry: ScopesOf = (where) => [{ resources: [states(where, 'stateMachine')] }];
const executions: ScopesOf = (where) => [{ resources: [`${states(where, 'execution')}:*`] }];

// Events of ours and no others. Both keys may hold several values, one for each event of a call; without the Null test
// ForAllValues is true of none (IAM user guide, "Multivalued context keys").
const outcomes: ScopesOf = ({ partition, region, accountId }) => [
  {
    resources: [`arn:${partition}:events:${region}:${accountId}:event-bus/default`],
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE, 'events:detail-type': EVENT_DETAIL_TYPE },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    },
  },
];

/** What makes the workflows go on, and what they tell. */
export const WORKFLOW_SCOPES: Readonly<Record<string, ScopesOf>> = {
  'states:StartExecution': rebindEntry,
  'states:DescribeExecution': executions,
  'states:ListExecutions': rebindEntry,
  // A token names no resource; the state machine's ARN is what CDK's `grantTaskResponse` allows it on. Not tried on AWS.
  'states:SendTaskSuccess': rebindEntry,
  'sns:Publish': ({ topicArn }) => [{ resources: [topicArn] }],
  'events:PutEvents': outcomes,
};
