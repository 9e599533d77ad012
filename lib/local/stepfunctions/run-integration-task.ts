import { Cancellation } from './cancellation.ts';
import { tooLarge } from './complete-state.ts';
import { errorAndCause, StateFailure } from './failure.ts';
import { notTruncated } from './history.ts';
import { CallFailure, callIntegration } from './call-integration.ts';
import { exceedsDataLimit, type Json } from './json.ts';
import type { PreparedTask } from './prepare-task.ts';
import type { Visit } from './scope.ts';
import type { IntegrationResource } from './task-resource.ts';
import type { TokenAnswer, TokenWait } from './task-tokens.ts';
import { TaskTimeout, withinTime } from './time-limit.ts';
import type { IntegrationAnswer } from './world.ts';

function answerOf(answer: TokenAnswer): Json {
  if (answer.kind === 'success') return answer.output;
  throw new StateFailure(answer.error, answer.cause, { task: true });
}

/** Waits for what ends the task: the call's answer, its completion (`.sync`) or its token, whichever comes first. */
function outcomeOf(
  resource: IntegrationResource,
  call: Promise<IntegrationAnswer>,
  wait: TokenWait | undefined,
  onSubmitted: (output: Json) => void,
): Promise<Json> {
  const called = call.then((answer) => {
    if (resource.pattern === 'request-response') return answer.output;
    onSubmitted(answer.output);
    return answer.completion ?? new Promise<never>(() => {});
  });
  return wait ? Promise.race([called, wait.answered.then(answerOf)]) : called;
}

/** Runs a Task that calls a service: once, until what it began has ended, or until its token comes back. */
export async function runIntegrationTask(
  visit: Visit,
  resource: IntegrationResource,
  task: PreparedTask,
): Promise<Json> {
  const { thread, world, cancellation, execution } = visit.scope;
  const { timeoutSeconds, heartbeatSeconds, roleArn } = task;
  const what = { resourceType: resource.resourceType, resource: resource.resource };
  thread.add('TaskScheduled', {
    taskScheduledEventDetails: {
      ...what,
      region: execution.arn.split(':')[3],
      parameters: JSON.stringify(task.arguments),
      ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
      ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
      ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
    },
  });
  thread.add('TaskStarted', { taskStartedEventDetails: what });
  const wait = visit.taskToken === undefined ? undefined : world.tokens.wait(visit.taskToken);
  const ongoing = new Cancellation(cancellation);
  let over = false;
  try {
    const outcome = outcomeOf(resource, callIntegration(visit, resource, task, ongoing), wait, (output) => {
      // A token may come back while the call is still under way.
      if (over) return;
      thread.add('TaskSubmitted', {
        taskSubmittedEventDetails: { ...what, output: JSON.stringify(output), outputDetails: notTruncated },
      });
    });
    const silent =
      wait && heartbeatSeconds !== undefined && resource.pattern === 'waitForTaskToken'
        ? wait.silentFor(heartbeatSeconds).then(() => Promise.reject(new TaskTimeout('States.HeartbeatTimeout')))
        : undefined;
    silent?.catch(() => {});
    const ended = silent ? Promise.race([outcome, silent]) : outcome;
    const result = await cancellation.until(withinTime(world.clock, timeoutSeconds, ended));
    const output = JSON.stringify(result);
    if (exceedsDataLimit(output)) {
      throw new StateFailure('States.DataLimitExceeded', tooLarge(resource.resourceType), { task: true });
    }
    thread.add('TaskSucceeded', { taskSucceededEventDetails: { ...what, output, outputDetails: notTruncated } });
    return result;
  } catch (thrown) {
    if (thrown instanceof TaskTimeout) {
      ongoing.cancel();
      thread.add('TaskTimedOut', { taskTimedOutEventDetails: { ...what, ...errorAndCause(thrown) } });
    } else if (thrown instanceof CallFailure && resource.pattern !== 'request-response') {
      thread.add('TaskSubmitFailed', { taskSubmitFailedEventDetails: { ...what, ...errorAndCause(thrown) } });
    } else if (thrown instanceof StateFailure) {
      thread.add('TaskFailed', { taskFailedEventDetails: { ...what, ...errorAndCause(thrown) } });
    }
    throw thrown;
  } finally {
    over = true;
    ongoing.release();
    wait?.close();
  }
}
