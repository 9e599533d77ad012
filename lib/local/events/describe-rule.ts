import type { DescribeRuleResponse } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { type BusState, type Rule, ruleNamed } from './bus-state.ts';

/** A rule as EventBridge answers it. */
export function ruleAnswer(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.patternText,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: 'default',
  };
}

/** Shows a rule. */
export function describeRule(input: { Name: string; EventBusName?: string }, state: BusState, call: Call) {
  const rule = ruleNamed(state, input.Name, input.EventBusName, call);
  return { ...ruleAnswer(rule), CreatedBy: rule.createdBy } satisfies DescribeRuleResponse;
}
