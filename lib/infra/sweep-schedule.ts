import { Rule, RuleTargetInput, type Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { ruleRole } from './rule-role.ts';
import type { Service } from './service.ts';
import { DELIVERY } from './trigger.ts';

/** Looks at every entry on a schedule: finds what no event told of. */
export function sweepSchedule(
  scope: Construct,
  { namePrefix, stateMachines, deadLetters }: Service,
  schedule: Schedule,
): Rule {
  return new Rule(scope, 'SweepRule', {
    ruleName: `${namePrefix}sweep`,
    description: 'eks-rebind looks at every access entry',
    schedule,
    targets: [
      new SfnStateMachine(stateMachines.sweep, {
        input: RuleTargetInput.fromObject({ schemaVersion: 1 }),
        role: ruleRole(scope, 'SweepRuleRole', stateMachines.sweep),
        deadLetterQueue: deadLetters,
        ...DELIVERY,
      }),
    ],
  });
}
