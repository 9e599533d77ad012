import { Duration, Stack, Token } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { DETAIL_TYPES, EVENT_SOURCES } from '../core/change-event.ts';
import { iamEventRegion, partitionOf } from '../core/partition.ts';
import { ruleRole } from './rule-role.ts';
import type { Service } from './service.ts';

/** Calls of IAM as EventBridge hears of them: what one rule of ours hears, so does another. */
export const iamCalls = (detail: Readonly<Record<string, unknown>>): EventPattern => ({
  source: ['aws.iam'],
  detailType: [...DETAIL_TYPES],
  detail: { eventSource: EVENT_SOURCES, ...detail },
});

/** Calls that succeeded only. */
export const ROLE_CHANGED: EventPattern = iamCalls({
  eventName: ['CreateRole', 'DeleteRole', 'CreateUser', 'DeleteUser'],
  errorCode: Match.doesNotExist(),
});

/** EventBridge's own most: a day, 185 attempts. What is not delivered by then, or can't be, is kept in the dead-letter queue. */
export const DELIVERY = { maxEventAge: Duration.hours(24), retryAttempts: 185 } as const;

/** Starts `role-changed` with every event of a role or user made or deleted. */
export function trigger(scope: Construct, { namePrefix, stateMachines, deadLetters }: Service): Rule {
  return new Rule(scope, 'RoleChangedRule', {
    ruleName: `${namePrefix}role-changed`,
    description: 'A role or user was made or deleted: eks-rebind looks at its access entries',
    eventPattern: ROLE_CHANGED,
    targets: [
      new SfnStateMachine(stateMachines.roleChanged, {
        role: ruleRole(scope, 'RoleChangedRuleRole', stateMachines.roleChanged),
        deadLetterQueue: deadLetters,
        ...DELIVERY,
      }),
    ],
  });
}

/** IAM is global, but its events arise in one region of each partition: a rule anywhere else would never hear of anything. */
export function checkRegion(scope: Construct): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    throw new Error(
      "the stack's region is not known at synth, so nobody can say whether IAM's events arise there; give the stack an env, " +
        "for example { region: 'us-east-1' }",
    );
  }
  const wanted = iamEventRegion(region);
  if (region === wanted) return;
  throw new Error(
    `the stack's region is '${region}', but IAM's events of the partition '${partitionOf(region)}' arise in '${wanted}' alone: ` +
      `a rule elsewhere would never hear of a role. Deploy the stack in '${wanted}', and name the clusters' regions in 'regions'`,
  );
}
