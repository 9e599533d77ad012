import { findExecution } from './arn.ts';
import type { Execution } from './execution.ts';
import { errorAndCause, StateFailure } from './failure.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { redrivability } from './redrivability.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { IntegrationFailure } from './service-failure.ts';
import { startExecution } from './start-execution.ts';
import { stopExecution } from './stop-execution.ts';
import type { Visit } from './scope.ts';
import type { IntegrationAnswer, IntegrationCall, World } from './world.ts';

/** What `states:startExecution` takes. */
export const startExecutionArguments = ['StateMachineArn', 'Input', 'Name'] as const;

function readArguments(given: Json): { machineArn: string; input: Json; name: string | undefined } {
  const refuse = (problem: string): never => {
    throw new StateFailure('States.Runtime', `The arguments of states:startExecution are not supported: ${problem}`);
  };
  if (!isObject(given)) return refuse(`expected an object, got ${JSON.stringify(given)}`);
  const unknown = Object.keys(given).find((name) => !startExecutionArguments.some((known) => known === name));
  if (unknown) return refuse(`there is no '${unknown}'`);
  const { StateMachineArn, Input = {}, Name } = given;
  if (typeof StateMachineArn !== 'string') return refuse(`'StateMachineArn' must be a string`);
  if (Name !== undefined && typeof Name !== 'string') return refuse(`'Name' must be a string`);
  return { machineArn: StateMachineArn, input: Input, name: Name };
}

/** An ended execution as `.sync` shows it (recorded): input and output as text, as JSON for `.sync:2`. */
function description(execution: Execution, world: World, asJson: boolean): JsonObject {
  const shown = (text: string): Json => (asJson ? (JSON.parse(text) as Json) : text);
  const { status, reason } = redrivability(execution, world.clock.now());
  const { error, cause } = errorAndCause(execution);
  return {
    ExecutionArn: execution.arn,
    Input: shown(execution.inputText),
    InputDetails: { Included: true },
    Name: execution.name,
    ...(execution.outputText === undefined
      ? {}
      : { Output: shown(execution.outputText), OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    RedriveCount: execution.redriveCount,
    RedriveStatus: status,
    ...(reason === undefined ? {} : { RedriveStatusReason: reason }),
    StartDate: execution.startMs,
    StateMachineArn: execution.machine.arn,
    Status: execution.status,
    StopDate: execution.stopMs ?? null,
  };
}

async function completionOf(child: Execution, world: World, visit: Visit, asJson: boolean): Promise<Json> {
  try {
    await visit.scope.cancellation.until(child.attempt.ended);
  } catch (thrown) {
    // The parent was stopped or failed elsewhere: a `.sync` child is stopped with it (developer guide: Run a job).
    if (child.status === 'RUNNING') stopExecution({ executionArn: child.arn }, world);
    throw thrown;
  }
  const shown = description(child, world, asJson);
  if (child.status === 'SUCCEEDED') return shown;
  throw new IntegrationFailure('States.TaskFailed', JSON.stringify(shown));
}

/** Starts an execution through `arn:…:states:::states:startExecution`, and waits for its end where the pattern says so. */
export async function startExecutionTask(
  call: IntegrationCall,
  world: World,
  visit: Visit,
): Promise<IntegrationAnswer> {
  const { machineArn, input, name } = readArguments(call.arguments);
  const request = {
    stateMachineArn: machineArn,
    input: JSON.stringify(input),
    ...(name === undefined ? {} : { name }),
  };
  const child = findExecution(world, startExecution(request, world).executionArn as string);
  const started = { ExecutionArn: child.arn, StartDate: child.startMs };
  const metadata = sdkMetadata(world.random, JSON.stringify(started), 'application/x-amz-json-1.0');
  const output = { ...started, ...metadata };
  const { pattern } = call;
  if (pattern !== 'sync' && pattern !== 'sync:2') return { output };
  return { output, completion: completionOf(child, world, visit, pattern === 'sync:2') };
}
