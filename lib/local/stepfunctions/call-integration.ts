import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import type { Cancellation } from './cancellation.ts';
import { StateFailure } from './failure.ts';
import type { PreparedTask } from './prepare-task.ts';
import type { Visit } from './scope.ts';
import { IntegrationFailure, serviceFailure } from './service-failure.ts';
import type { IntegrationResource } from './task-resource.ts';
import type { IntegrationAnswer, IntegrationCall } from './world.ts';

/** The call to the service failed, so that the task never got on its way. */
export class CallFailure extends StateFailure {}

function asFailure(thrown: unknown, resourceType: string, visit: Visit, Failure: typeof StateFailure): unknown {
  const { random } = visit.scope.world;
  const failure = thrown instanceof AwsFault ? serviceFailure(thrown, resourceType, randomUuid(random)) : thrown;
  return failure instanceof IntegrationFailure ? new Failure(failure.error, failure.cause, { task: true }) : failure;
}

function callOf(
  visit: Visit,
  resource: IntegrationResource,
  task: PreparedTask,
  ongoing: Cancellation,
): IntegrationCall {
  const { execution } = visit.scope;
  const [, partition = '', , region = '', accountId = ''] = execution.arn.split(':');
  return {
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
    whenCalledOff: (act) => ongoing.whenCancelled(act),
    ...(visit.taskToken === undefined ? {} : { taskToken: visit.taskToken }),
  };
}

/** Calls the service that a Task names; `ongoing` is called off when nobody waits for it any more. Throws `CallFailure` where the service refuses, `StateFailure` where the task fails later. */
export async function callIntegration(
  visit: Visit,
  resource: IntegrationResource,
  task: PreparedTask,
  ongoing: Cancellation,
): Promise<IntegrationAnswer> {
  const integration = visit.scope.world.integrations[resource.name];
  if (!integration) throw new StateFailure('States.Runtime', `The local AWS has no integration '${resource.name}'.`);
  try {
    const { output, completion } = await integration(callOf(visit, resource, task, ongoing));
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
