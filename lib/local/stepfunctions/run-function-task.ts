import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { tooLarge } from './complete-state.ts';
import { errorAndCause, StateFailure } from './failure.ts';
import { notTruncated } from './history.ts';
import { exceedsDataLimit, readJson, type Json } from './json.ts';
import type { PreparedTask } from './prepare-task.ts';
import type { Visit } from './scope.ts';
import { serviceFailure } from './service-failure.ts';
import { TaskTimeout, withinTime } from './time-limit.ts';
import type { FunctionResult, World } from './world.ts';

async function call(world: World, functionArn: string, payload: Json, roleArn: string): Promise<FunctionResult> {
  try {
    world.authorize({ roleArn, action: 'lambda:InvokeFunction', resource: functionArn });
    return await world.invokeFunction(functionArn, payload);
  } catch (thrown) {
    if (!(thrown instanceof AwsFault)) throw thrown;
    const { error, cause } = serviceFailure(thrown, 'lambda', randomUuid(world.random));
    throw new StateFailure(error, cause, { task: true });
  }
}

/** A function's invocation, and the role that makes it. */
interface Invocation {
  readonly functionArn: string;
  readonly payload: Json;
  readonly roleArn: string;
}

/** Runs a function and gives its result as JSON, or throws what it failed with. `what` names the task where the result is too large. */
export async function invokeFunction(
  world: World,
  { functionArn, payload, roleArn }: Invocation,
  what: string,
): Promise<Json> {
  const result = await call(world, functionArn, payload, roleArn);
  if (result.error) throw new StateFailure(result.error.name, result.error.cause, { task: true });
  const text = JSON.stringify(result.payload ?? null);
  if (exceedsDataLimit(text)) throw new StateFailure('States.DataLimitExceeded', tooLarge(what), { task: true });
  return readJson(text);
}

/** Runs a Task whose resource is a Lambda function's ARN. */
export async function runFunctionTask(visit: Visit, resource: string, task: PreparedTask): Promise<Json> {
  const { thread, world, cancellation } = visit.scope;
  const { timeoutSeconds, roleArn } = task;
  thread.add('LambdaFunctionScheduled', {
    lambdaFunctionScheduledEventDetails: {
      resource,
      input: JSON.stringify(task.arguments),
      inputDetails: notTruncated,
      ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
      ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
    },
  });
  thread.add('LambdaFunctionStarted');
  try {
    const role = roleArn ?? visit.scope.execution.machine.roleArn;
    const invocation = { functionArn: resource, payload: task.arguments, roleArn: role };
    const work = invokeFunction(world, invocation, resource);
    const result = await cancellation.until(withinTime(world.clock, timeoutSeconds, work));
    thread.add('LambdaFunctionSucceeded', {
      lambdaFunctionSucceededEventDetails: { output: JSON.stringify(result), outputDetails: notTruncated },
    });
    return result;
  } catch (thrown) {
    if (thrown instanceof TaskTimeout) {
      thread.add('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: errorAndCause(thrown) });
    } else if (thrown instanceof StateFailure) {
      thread.add('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: errorAndCause(thrown) });
    }
    throw thrown;
  }
}
