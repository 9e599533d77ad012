import { findExecution } from './arn.ts';
import type { Execution } from './execution.ts';
import { errorAndCause } from './failure.ts';
import { isString, readJson, type Json, type JsonObject } from './json.ts';
import { ownIntegrations } from './own-integrations.ts';
import { readArguments, unsupportedArguments } from './read-arguments.ts';
import { redrivability } from './redrivability.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { IntegrationFailure } from './service-failure.ts';
import { startExecution } from './start-execution.ts';
import { stopExecution } from './stop-execution.ts';
import type { IntegrationAnswer, IntegrationCall, World } from './world.ts';

const NAME = 'states:startExecution';

function startRequest(given: Json): { stateMachineArn: string; input: string; name?: string } {
  const { StateMachineArn, Input = {}, Name } = readArguments(given, NAME, ownIntegrations[NAME]?.arguments ?? []);
  if (!isString(StateMachineArn)) throw unsupportedArguments(NAME, "'StateMachineArn' must be a string");
  const request = { stateMachineArn: StateMachineArn, input: JSON.stringify(Input) };
  if (Name === undefined) return request;
  if (!isString(Name)) throw unsupportedArguments(NAME, "'Name' must be a string");
  return { ...request, name: Name };
}

/** An ended execution as `.sync` shows it (recorded): input and output as text, as JSON for `.sync:2`. */
function description(execution: Execution, world: World, asJson: boolean): JsonObject {
  const shown = (text: string): Json => (asJson ? readJson(text) : text);
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

/** Stops a child where the role may; where not, it goes on (developer guide: Run a job, "best-effort attempt"). */
function stopChild(executionArn: string, roleArn: string, world: World): void {
  try {
    world.authorize({ roleArn, action: 'states:StopExecution', resource: executionArn });
  } catch {
    return;
  }
  stopExecution({ executionArn }, world);
}

async function completionOf(child: Execution, world: World, roleArn: string, asJson: boolean): Promise<Json> {
  await child.attempt.ended;
  // What a task becomes whose role may not look at the child isn't documented: here it fails as the look does.
  world.authorize({ roleArn, action: 'states:DescribeExecution', resource: child.arn });
  const shown = description(child, world, asJson);
  if (child.status === 'SUCCEEDED') return shown;
  throw new IntegrationFailure('States.TaskFailed', JSON.stringify(shown));
}

/** Starts an execution through `arn:…:states:::states:startExecution`, and waits for its end where the pattern says so. */
export async function startExecutionTask(call: IntegrationCall, world: World): Promise<IntegrationAnswer> {
  const request = startRequest(call.arguments);
  const { roleArn } = call;
  world.authorize({ roleArn, action: 'states:StartExecution', resource: request.stateMachineArn });
  const { executionArn } = startExecution(request, world);
  const child = findExecution(world, executionArn);
  const started = { ExecutionArn: child.arn, StartDate: child.startMs };
  const metadata = sdkMetadata(world.random, JSON.stringify(started), 'application/x-amz-json-1.0');
  const output = { ...started, ...metadata };
  if (call.pattern !== 'sync' && call.pattern !== 'sync:2') return { output };
  // A `.sync` child is stopped with the state that waits for it (developer guide: Run a job).
  call.whenCalledOff(() => stopChild(child.arn, roleArn, world));
  return { output, completion: completionOf(child, world, roleArn, call.pattern === 'sync:2') };
}
