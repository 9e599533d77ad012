import { AwsFault } from '../call.ts';
import type { AuthorizeRole } from '../role-access.ts';
import type { Rule } from './bus-state.ts';
import type { BusEvent } from './event.ts';

/** Whose default bus, where. */
export interface BusRef {
  readonly accountId: string;
  readonly region: string;
}

/** The default bus of that ARN; undefined for the ARN of anything else. */
export function busOf(arn: string): BusRef | undefined {
  const [, region, accountId] = /^arn:[^:]+:events:([^:]+):(\d{12}):event-bus\/default$/.exec(arn) ?? [];
  return region !== undefined && accountId !== undefined ? { accountId, region } : undefined;
}

/**
 * Refuses what EventBridge doesn't forward: an event that came from another account already (the code is one of those that
 * dead letters carry, EventBridge user guide), and one that the rule's role or the other bus doesn't let pass. The source stays
 * as it is: unlike PutEvents, a rule may hand on events of AWS's own.
 */
export function checkForwarding(
  event: BusEvent,
  rule: Rule,
  target: { arn: string; roleArn: string },
  authorize: AuthorizeRole,
) {
  if (event.account !== rule.accountId) {
    throw new AwsFault(
      'THIRD_ACCOUNT_HOP_DETECTED',
      `the event came from account ${event.account}; it is not forwarded on`,
    );
  }
  authorize({
    roleArn: target.roleArn,
    action: 'events:PutEvents',
    resource: target.arn,
    context: [
      ['events:source', [event.source]],
      ['events:detail-type', [event['detail-type']]],
      ['events:eventbusinvocation', ['true']],
    ],
  });
}
