import { AwsFault } from './call.ts';
import type { Deployment, StateMachineDefinition } from './deployment.ts';
import type { Identity, Permissions } from './policies/permissions.ts';

// Step Functions developer guide, "Logging using CloudWatch Logs": what a role needs to log anywhere, on `*`.
const LOG_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

// Step Functions developer guide, "IAM policies for calling other services": the rule that tells of nested executions' ends.
const MANAGED_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
const RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/** What the role of a state machine with tracing needs (Step Functions developer guide, "Permissions required for X-Ray tracing"). */
export const MACHINE_TRACE_ACTIONS = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/** What CreateStateMachine checks of the role. Both texts: as users of CloudFormation met them. */
export function checkMachineRole(
  { definition, logging }: StateMachineDefinition,
  { partition, accountId, region }: Pick<Deployment, 'partition' | 'accountId' | 'region'>,
  role: Identity,
  permissions: Permissions,
): void {
  const mayAll = (actions: readonly string[], resource: string) =>
    actions.every((action) => permissions.decide(role, { action, resource }) === 'allow');
  const isLogged = logging !== undefined && logging.level !== 'OFF' && logging.destinations.length > 0;
  if (isLogged && !mayAll(LOG_ACTIONS, '*')) {
    const text = 'The state machine IAM Role is not authorized to access the Log Destination';
    throw new AwsFault('AccessDeniedException', text);
  }
  const waitsForOthers = /:states:::states:startExecution\.sync/.test(definition);
  const rule = `arn:${partition}:events:${region}:${accountId}:rule/${MANAGED_RULE}`;
  if (waitsForOthers && !mayAll(RULE_ACTIONS, rule)) {
    throw new AwsFault('AccessDeniedException', `'${role.arn}' is not authorized to create managed-rule.`);
  }
}
