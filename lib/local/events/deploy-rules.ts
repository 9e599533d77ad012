import type { Target } from '@aws-sdk/client-eventbridge';
import type { Deployment, RuleTarget } from '../deployment.ts';
import type { BusState, Rule } from './bus-state.ts';
import { compileEventPattern } from './event-pattern.ts';
import { checkSchedule } from './schedule.ts';
import { checkInputs } from './target-input.ts';

/** Puts a deployment's rules on its account's bus. */
export function deployRules(deployment: Deployment, state: BusState): void {
  const { accountId, partition, region, rules } = deployment;
  for (const [name, rule] of Object.entries(rules)) {
    const { eventPattern, scheduleExpression, targets, state: ruleState = 'ENABLED' } = rule;
    for (const target of targets) checkReferences(name, target, deployment);
    targets.map(targetOf).forEach(checkInputs);
    if (scheduleExpression !== undefined) checkSchedule(name, scheduleExpression);
    state.putRule({
      accountId,
      region,
      name,
      arn: `arn:${partition}:events:${region}:${accountId}:rule/${name}`,
      ...(eventPattern && patternOf(eventPattern)),
      ...(scheduleExpression !== undefined && { scheduleExpression }),
      state: ruleState,
      createdBy: accountId,
      targets: targets.map(targetOf),
    });
  }
}

function patternOf(eventPattern: object): Pick<Rule, 'pattern' | 'patternText'> {
  const patternText = JSON.stringify(eventPattern);
  return { pattern: compileEventPattern(patternText), patternText };
}

/** A target as PutTargets has it. */
function targetOf(target: RuleTarget, index: number): Target {
  return {
    Id: `Target${index}`,
    Arn: target.arn,
    ...(target.roleArn && { RoleArn: target.roleArn }),
    ...(target.deadLetterQueueArn && { DeadLetterConfig: { Arn: target.deadLetterQueueArn } }),
    ...(target.input !== undefined && { Input: target.input }),
    ...(target.inputTransformer && {
      InputTransformer: {
        InputPathsMap: { ...target.inputTransformer.paths },
        InputTemplate: target.inputTransformer.template,
      },
    }),
    RetryPolicy: {
      ...(target.maximumRetryAttempts !== undefined && { MaximumRetryAttempts: target.maximumRetryAttempts }),
      ...(target.maximumEventAgeSeconds !== undefined && { MaximumEventAgeInSeconds: target.maximumEventAgeSeconds }),
    },
  };
}

/** What the deployment has, by the first part of an ARN's resource. */
function namesOf(service: string | undefined, deployment: Deployment): object | undefined {
  if (service === 'states') return deployment.stateMachines;
  if (service === 'lambda') return deployment.functions;
  if (service === 'sns') return deployment.topics ?? {};
  return service === 'sqs' ? (deployment.queues ?? {}) : undefined;
}

/** Refuses a target, a role or a dead-letter queue that the deployment lacks: on AWS its events would be lost one by one. */
function checkReferences(rule: string, { arn, roleArn, deadLetterQueueArn }: RuleTarget, deployment: Deployment): void {
  for (const named of [arn, deadLetterQueueArn]) {
    const [, , service, region, accountId, ...resource] = named?.split(':') ?? [];
    const isHere = accountId === deployment.accountId && region === deployment.region;
    const names = isHere ? namesOf(service, deployment) : undefined;
    if (names && !((resource.at(-1) ?? '') in names)) {
      throw new Error(`rule '${rule}' leads to '${named}', which is not in the deployment`);
    }
  }
  if (roleArn !== undefined && !(roleArn in (deployment.roles ?? {}))) {
    throw new Error(`rule '${rule}' delivers as '${roleArn}', which is no role of the deployment`);
  }
}
