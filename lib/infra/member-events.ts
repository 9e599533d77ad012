import { Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';

/**
 * Lets the member accounts, and nobody else, put IAM's events on our default bus: only by a rule of theirs, since PutEvents
 * of a person is another kind of invocation, and takes no events with a source of AWS's anyway. `events:source` may hold
 * several values, one for each event of a call; without the Null test ForAllValues is true of none (Service Authorization
 * Reference, EventBridge; IAM user guide, "Multivalued context keys"). Not tried on AWS: see docs/verify-on-aws.md.
 */
export function memberEvents(scope: Construct, memberAccounts: readonly string[]): void {
  const { partition, region, account } = Stack.of(scope);
  if (memberAccounts.includes(account)) {
    throw new Error(`memberAccounts has '${account}', the stack's own account, wanted further accounts alone`);
  }
  if (memberAccounts.length === 0) return;
  // One statement for all: a bus's policy holds 10,240 bytes (EventBridge quotas), which a statement each would fill with two dozen.
  new CfnEventBusPolicy(scope, 'EventsOfMembers', {
    statementId: 'eks-rebind-members',
    statement: {
      Effect: 'Allow',
      Principal: { AWS: memberAccounts.map((accountId) => `arn:${partition}:iam::${accountId}:root`) },
      Action: 'events:PutEvents',
      Resource: `arn:${partition}:events:${region}:${account}:event-bus/default`,
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': 'aws.iam' },
        Null: { 'events:source': 'false' },
        Bool: { 'events:eventBusInvocation': 'true' },
      },
    },
  });
}
