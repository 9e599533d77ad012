import { createSeededRandom } from '../../lib/local/seeded-random.ts';
import { isObject, isString, readJson, type Json, type JsonObject } from '../../lib/local/stepfunctions/json.ts';
import { present } from '../../lib/local/stepfunctions/present.ts';
import { createStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import type { FunctionResult } from '../../lib/local/stepfunctions/world.ts';
import { createVirtualClock } from '../../lib/local/virtual-clock.ts';
import { act } from './behaviours.ts';
import { callIn, callOperation, type Operations } from './call.ts';
import type { ExecutionCase } from './case.ts';
import { compare, comparisonFor } from './compare.ts';
import { compareHistory } from './compare-history.ts';
import { recordedIntegration } from './outcomes.ts';
import { ACCOUNT_ID, fillIn } from './placeholders.ts';
import { asRecorded } from './recorded-event.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/recorded`;

/** The `service:action` of every integration that a state in the definition names. */
function integrationNames(definition: Json): string[] {
  const names = JSON.stringify(definition).matchAll(/:states:::((?:aws-sdk:)?[\w-]+:\w+)/g);
  return [...new Set([...names].map(([, name = '']) => name))];
}

/** A local Step Functions with the functions and services of a case. */
function worldOf(recorded: ExecutionCase) {
  const clock = createVirtualClock(START);
  const { functions } = recorded;
  const invokeFunction = (nameOrArn: string, payload: Json): Promise<FunctionResult> => {
    const name = nameOrArn.split(':').find((part) => part in functions) ?? nameOrArn;
    return act(present(functions[name]), payload, clock);
  };
  const send = (call: string, request: object) => void callOperation(operations, call, request);
  const byState = Object.fromEntries(Object.entries(functions).filter(([, { outcomes }]) => outcomes));
  const calls = {
    success: (taskToken: string, output: string) => send('SendTaskSuccess', { taskToken, output }),
    failure: (taskToken: string, error?: string, cause?: string) =>
      send('SendTaskFailure', { taskToken, error, cause }),
    heartbeat: (taskToken: string) => send('SendTaskHeartbeat', { taskToken }),
  };
  const integration = recordedIntegration(byState, calls, clock);
  const recordedServices = Object.keys(byState).length > 0 ? integrationNames(recorded.definition) : [];
  const stepFunctions = createStepFunctions({
    clock,
    random: createSeededRandom(1),
    invokeFunction,
    integrations: Object.fromEntries(recordedServices.map((name) => [name, integration])),
  });
  const operations: Operations = callIn(stepFunctions);
  return { clock, stepFunctions, operations };
}

function compareEnd(recorded: ExecutionCase, ended: JsonObject): string[] {
  const how = comparisonFor(recorded);
  const differences = (['status', 'output', 'error', 'cause'] as const).flatMap((name) => {
    const [expected, actual] = [recorded[name], ended[name]];
    if (expected === undefined && actual === undefined) return [];
    if (expected === undefined) return [`${name}: not recorded, but got ${JSON.stringify(actual)}`];
    if (actual === undefined) return [`${name}: recorded ${JSON.stringify(expected)}, but got nothing`];
    // `output` is the parsed value, whatever it is; ours is text.
    const value = name === 'output' && isString(actual) ? readJson(actual) : actual;
    return compare(expected, value, name, how);
  });
  const { describe } = recorded;
  if (!isObject(describe)) return differences;
  const { inputDetails, outputDetails, ...plain } = ended;
  const details = { inputDetails, outputDetails };
  const shown = 'inputDetails' in describe ? { ...plain, ...details } : plain;
  return [...differences, ...compare(describe, readJson(JSON.stringify(shown)), 'describe', how)];
}

/** The role's ARN was made up by the test; it stands in the history alone. */
function withRole(recorded: ExecutionCase): ExecutionCase {
  const events = recorded.events?.map((event) => {
    const details = event['executionStartedEventDetails'];
    return isObject(details) ? { ...event, executionStartedEventDetails: { ...details, roleArn: ROLE_ARN } } : event;
  });
  return events ? { ...recorded, events } : recorded;
}

function filledIn(original: ExecutionCase): ExecutionCase {
  const { definition, input, functions, stop = null, objects = null } = original;
  const text = fillIn(JSON.stringify(original), [definition, input, functions, stop, objects]);
  const recorded: ExecutionCase = JSON.parse(text);
  return withRole(recorded);
}

/** Runs a recorded execution and tells each difference. */
export async function runExecutionCase(original: ExecutionCase): Promise<string[]> {
  const recorded = filledIn(original);
  const { clock, stepFunctions, operations } = worldOf(recorded);
  return clock.run(async () => {
    const { stateMachineArn } = await callOperation(operations, 'CreateStateMachine', {
      name: 'recorded',
      definition: JSON.stringify(recorded.definition),
      roleArn: ROLE_ARN,
    });
    const request = { stateMachineArn, input: JSON.stringify(recorded.input) };
    const { executionArn } = await callOperation(operations, 'StartExecution', request);
    const execution = present(stepFunctions.world.executions.get(isString(executionArn) ? executionArn : ''));
    if (recorded.stop) {
      await clock.pause(1000);
      await callOperation(operations, 'StopExecution', { executionArn, ...recorded.stop });
    }
    await execution.attempt.ended;
    const differences = compareEnd(recorded, await callOperation(operations, 'DescribeExecution', { executionArn }));
    if (!recorded.events) return differences;
    return [...differences, ...compareHistory(recorded, asRecorded(execution.history.events))];
  });
}
