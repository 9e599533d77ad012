import { alarm } from './kinds/alarm.ts';
import { customResource } from './kinds/custom-resource.ts';
import { dashboard } from './kinds/dashboard.ts';
import { eventBusPolicy } from './kinds/event-bus-policy.ts';
import { lambdaFunction } from './kinds/lambda-function.ts';
import { functionUrlKind } from './kinds/function-url.ts';
import { globalTable } from './kinds/global-table.ts';
import { lambdaPermission } from './kinds/lambda-permission.ts';
import { logGroup } from './kinds/log-group.ts';
import { cdkMetadata } from './kinds/cdk-metadata.ts';
import { queue } from './kinds/queue.ts';
import { queuePolicy } from './kinds/queue-policy.ts';
import { role } from './kinds/role.ts';
import { rolePolicy } from './kinds/role-policy.ts';
import { rule } from './kinds/rule.ts';
import { stateMachine } from './kinds/state-machine.ts';
import { subscription } from './kinds/subscription.ts';
import { table } from './kinds/table.ts';
import { topic } from './kinds/topic.ts';
import { topicPolicy } from './kinds/topic-policy.ts';
import type { ResourceKind } from './resource-kind.ts';
import { refuse } from './template-error.ts';

/** Every type of resource that is known, first those that others build on. */
export const resourceKinds: readonly ResourceKind[] = [
  role,
  rolePolicy,
  logGroup,
  table,
  globalTable,
  topic,
  topicPolicy,
  subscription,
  queue,
  queuePolicy,
  lambdaFunction,
  functionUrlKind,
  lambdaPermission,
  customResource,
  stateMachine,
  rule,
  eventBusPolicy,
  alarm,
  dashboard,
  cdkMetadata,
];

/** The kind of a resource, or the refusal of a type that isn't known. */
export function kindOf(type: string, logicalId: string): ResourceKind {
  const known = type.startsWith('Custom::') ? customResource.type : type;
  return (
    resourceKinds.find((kind) => kind.type === known) ??
    refuse(`Resources.${logicalId}`, `the local AWS doesn't emulate ${type}; see lib/local/SUPPORTED.md`)
  );
}
