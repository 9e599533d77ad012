import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import type { TaskState } from './definition.ts';
import { StateFailure } from './failure.ts';
import { invokeLambda } from './lambda-invoke.ts';
import type { PreparedTask } from './run-task.ts';
import type { Visit } from './scope.ts';
import { IntegrationFailure, serviceFailure } from './service-failure.ts';
import { startExecutionTask } from './start-execution-task.ts';
import type { TaskResource } from './task-resource.ts';
import type { Integration, IntegrationAnswer, IntegrationCall, World } from './world.ts';

type IntegrationResource = Extract<TaskResource, { kind: 'integration' }>;

/** The integrations that need nothing but the local Step Functions and Lambda. */
export const ownIntegrations = {
  'lambda:invoke': { integration: invokeLambda, patterns: ['request-response', 'waitForTaskToken'] },
  'states:startExecution': {
    integration: startExecutionTask,
    patterns: ['request-response', 'sync', 'sync:2', 'waitForTaskToken'],
  },
} as const satisfies Record<string, OwnIntegration>;

interface OwnIntegration {
  readonly integration: (call: IntegrationCall, world: World, visit: Visit) => Promise<IntegrationAnswer>;
  readonly patterns: readonly string[];
}

/** The integration of that name: one handed in goes before our own. */
function integrationOf(name: string, visit: Visit): Integration | undefined {
  const { world } = visit.scope;
  const own: OwnIntegration | undefined = ownIntegrations[name as keyof typeof ownIntegrations];
  return world.integrations[name] ?? (own && ((call) => own.integration(call, world, visit)));
}

/** The call to the service failed, so that the task never got on its way. */
export class CallFailure extends StateFailure {}

function asFailure(thrown: unknown, resourceType: string, visit: Visit, Failure: typeof StateFailure): unknown {
  const { random } = visit.scope.world;
  const failure = thrown instanceof AwsFault ? serviceFailure(thrown, resourceType, randomUuid(random)) : thrown;
  return failure instanceof IntegrationFailure ? new Failure(failure.error, failure.cause, { task: true }) : failure;
}

/** Calls the service that a Task names. Throws `CallFailure` where the service refuses, `StateFailure` where the task fails later. */
export async function callIntegration(
  visit: Visit<TaskState>,
  resource: IntegrationResource,
  task: PreparedTask,
): Promise<IntegrationAnswer> {
  const { execution } = visit.scope;
  const [, partition = '', , region = '', accountId = ''] = execution.arn.split(':');
  const integration = integrationOf(resource.name, visit);
  if (!integration) throw new StateFailure('States.Runtime', `The local AWS has no integration '${resource.name}'.`);
  const call: IntegrationCall = {
    name: resource.name,
    pattern: resource.pattern,
    arguments: task.arguments,
    region,
    accountId,
    partition,
    roleArn: task.roleArn ?? execution.machine.roleArn,
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    stateName: visit.name,
    ...(visit.taskToken === undefined ? {} : { taskToken: visit.taskToken }),
  };
  try {
    const { output, completion } = await integration(call);
    if (!completion) return { output };
    const converted = completion.catch((thrown: unknown) => {
      throw asFailure(thrown, resource.resourceType, visit, StateFailure);
    });
    converted.catch(() => {});
    return { output, completion: converted };
  } catch (thrown) {
    throw asFailure(thrown, resource.resourceType, visit, CallFailure);
  }
}
