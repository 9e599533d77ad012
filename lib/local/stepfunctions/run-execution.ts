import { CalledOff } from './cancellation.ts';
import type { Execution } from './execution.ts';
import { errorAndCause, StateFailure } from './failure.ts';
import { notTruncated, Thread, type EventDetails } from './history.ts';
import { longPause } from './long-pause.ts';
import { runScope } from './run-scope.ts';
import type { Scope } from './scope.ts';
import { tellStatus } from './status-change.ts';
import type { World } from './world.ts';

type EndStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How an execution ends. */
export interface End {
  readonly outputText?: string;
  readonly error?: string;
  readonly cause?: string;
}

const endEvents = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

function endDetails(status: EndStatus, end: End): EventDetails {
  const { outputText: output = 'null' } = end;
  if (status === 'SUCCEEDED') return { executionSucceededEventDetails: { output, outputDetails: notTruncated } };
  if (status === 'FAILED') return { executionFailedEventDetails: errorAndCause(end) };
  if (status === 'ABORTED') return { executionAbortedEventDetails: errorAndCause(end) };
  // Measured in floci-io/floci#2965: only history names the error of an execution that timed out.
  return { executionTimedOutEventDetails: { error: 'States.Timeout' } };
}

/** Ends an execution: from here on its run leaves no trace. An abort and a time-out point at no event (floci-io/floci#2965). */
export function endExecution(world: World, execution: Execution, status: EndStatus, end: End, previous = 0): void {
  execution.history.addEnd(endEvents[status], previous, endDetails(status, end));
  execution.status = status;
  execution.stopMs = world.clock.now();
  if (end.outputText !== undefined) execution.outputText = end.outputText;
  if (end.error !== undefined) execution.error = end.error;
  if (end.cause !== undefined) execution.cause = end.cause;
  execution.attempt.cancellation.cancel();
  execution.attempt.tellEnded();
  tellStatus(world, execution);
}

async function enforceTimeout(world: World, execution: Execution): Promise<void> {
  const { attempt, machine } = execution;
  const seconds = machine.definition.TimeoutSeconds;
  if (seconds === undefined) return;
  await longPause(world.clock, seconds * 1000);
  if (!attempt.cancellation.cancelled) endExecution(world, execution, 'TIMED_OUT', {});
}

async function runToEnd(world: World, execution: Execution, previous: number): Promise<void> {
  const { attempt, history, journal, machine } = execution;
  const { cancellation } = attempt;
  const thread = new Thread(history, previous, () => cancellation.check());
  const scope: Scope = {
    world,
    execution,
    graph: machine.definition,
    journal,
    thread,
    cancellation,
    outerVariables: {},
    run: runScope,
  };
  try {
    const output = await runScope(scope);
    endExecution(world, execution, 'SUCCEEDED', { outputText: JSON.stringify(output) }, thread.previous);
  } catch (thrown) {
    if (thrown instanceof CalledOff) return;
    // Anything else than a failure of a state is a fault of the local AWS: it ends the execution with its stack in the cause.
    const fault = thrown instanceof Error ? thrown.stack : String(thrown);
    const failure =
      thrown instanceof StateFailure
        ? thrown
        : new StateFailure('States.Runtime', `The local AWS failed inside of an execution: ${fault}`);
    endExecution(world, execution, 'FAILED', errorAndCause(failure), thread.previous);
  }
}

/** Lets an execution run, from its journal on, in the background. Its next event points at `previous`. */
export function run(world: World, execution: Execution, previous: number): void {
  tellStatus(world, execution);
  void enforceTimeout(world, execution);
  void Promise.resolve().then(() => runToEnd(world, execution, previous));
}
