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

async function call(world: World, functionName: string, payload: Json): Promise<FunctionResult> {
  try {
    return await world.invokeFunction(functionName, payload);
  } catch (thrown) {
    if (!(thrown instanceof AwsFault)) throw thrown;
    const { error, cause } = serviceFailure(thrown, 'lambda', randomUuid(world.random));
    throw new StateFailure(error, cause, { task: true });
  }
}

/** Runs a function and gives its result as JSON, or throws what it failed with. `what` names the task where the result is too large. */
export async function invokeFunction(world: World, functionName: string, payload: Json, what: string): Promise<Json> {
  const result = await call(world, functionName, payload);
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
    const work = invokeFunction(world, resource, task.arguments, resource);
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
