import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { consoleLinks } from './console-links.ts';
import type { Service } from './service.ts';

/**
 * Tells people of every execution that failed, ran too long or was stopped. A rule is enough: an execution that failed can't be
 * trusted to tell of itself.
 */
export function addFailureNotifications(scope: Construct, { stateMachines, notifications, namePrefix }: Service): Rule {
  const arn = EventField.fromPath('$.detail.executionArn');
  const lines = [
    `eks-rebind: the execution ${EventField.fromPath('$.detail.name')} is ${EventField.fromPath('$.detail.status')}.`,
    'If it was of rebind-entry, an access entry may be missing: see "Is access missing right now?" in docs/runbook.md.',
    'Else find its error there, mend the cause, then redrive it:',
    `aws stepfunctions redrive-execution --region ${EventField.fromPath('$.region')} --execution-arn ${arn}`,
    ...[consoleLinks(scope)?.execution(arn) ?? []].flat(),
    `State machine: ${EventField.fromPath('$.detail.stateMachineArn')}`,
    `Time: ${EventField.fromPath('$.time')}`,
  ];
  return new Rule(scope, 'Failures', {
    ruleName: `${namePrefix}failures`,
    description: 'Tells people of executions of eks-rebind that failed, ran too long or were stopped',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        stateMachineArn: Object.values(stateMachines).map(({ stateMachineArn }) => stateMachineArn),
      },
    },
    targets: [new SnsTopic(notifications, { message: RuleTargetInput.fromMultilineText(lines.join('\n')) })],
  });
}
