import { createSeededRandom } from '../../lib/local/seeded-random.ts';
import { isObject, type Json } from '../../lib/local/stepfunctions/json.ts';
import { createStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import type { FunctionResult } from '../../lib/local/stepfunctions/world.ts';
import { createVirtualClock } from '../../lib/local/virtual-clock.ts';
import { act } from './behaviours.ts';
import { callIn, type Operations } from './call.ts';
import type { ExecutionCase, RecordedEvent } from './case.ts';
import { compare, comparisonFor } from './compare.ts';
import { compareHistory } from './compare-history.ts';
import { recordedIntegration } from './outcomes.ts';
import { ACCOUNT_ID, fillIn } from './placeholders.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

/** The `service:action` of every integration that a state in the definition names. */
function integrationNames(definition: Json): string[] {
  const names = JSON.stringify(definition).matchAll(/:states:[a-z0-9-]*:\d*:((?:aws-sdk:)?[\w-]+:\w+)/g);
  return [...new Set([...names].map(([, name]) => name as string))];
}

function prepare(recorded: ExecutionCase) {
  const clock = createVirtualClock(START);
  const { functions } = recorded;
  const invokeFunction = (nameOrArn: string, payload: Json): Promise<FunctionResult> => {
    const name = nameOrArn.split(':').find((part) => part in functions) ?? nameOrArn;
    const behaviour = functions[name];
    if (!behaviour) throw new Error(`no behaviour was recorded for the function ${nameOrArn}`);
    return act(behaviour, payload, clock);
  };
  const byState = Object.fromEntries(Object.entries(functions).filter(([, { outcomes }]) => outcomes));
  const integration = recordedIntegration(
    byState,
    {
      success: (taskToken, output) => void operations.SendTaskSuccess({ taskToken, output }),
      failure: (taskToken, error, cause) => void operations.SendTaskFailure({ taskToken, error, cause }),
      heartbeat: (taskToken) => void operations.SendTaskHeartbeat({ taskToken }),
    },
    clock,
  );
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

function compareEnd(recorded: ExecutionCase, ended: Record<string, Json>): string[] {
  const how = comparisonFor(recorded);
  const members = (['status', 'output', 'error', 'cause'] as const).flatMap((name) => {
    const expected = recorded[name];
    const actual = ended[name];
    if (expected === undefined && actual === undefined) return [];
    if (expected === undefined) return [`${name}: not recorded, but got ${JSON.stringify(actual)}`];
    if (actual === undefined) return [`${name}: recorded ${JSON.stringify(expected)}, but got nothing`];
    // `output` is the parsed value, whatever it is; ours is text.
    const value = name === 'output' ? (JSON.parse(actual as string) as Json) : actual;
    return compare(expected, value, name, how);
  });
  const described = recorded.describe && isObject(recorded.describe) ? recorded.describe : undefined;
  return described ? [...members, ...compareDescription(described, ended, recorded)] : members;
}

function compareDescription(
  recorded: Record<string, Json>,
  ended: Record<string, Json>,
  whole: ExecutionCase,
): string[] {
  const { inputDetails: _, outputDetails: __, ...rest } = ended;
  const details = 'inputDetails' in recorded ? ended : rest;
  return compare(recorded, details, 'describe', comparisonFor(whole));
}

/** Runs a recorded execution and tells each difference. */
export async function runExecutionCase(original: ExecutionCase): Promise<string[]> {
  const { definition, input, functions, stop = null } = original;
  const recorded = fillIn(original, [definition, input, functions, stop, original.objects ?? null]);
  const { clock, stepFunctions, operations } = prepare(recorded);
  return clock.run(async () => {
    const { stateMachineArn } = await operations.CreateStateMachine({
      name: 'recorded',
      definition: JSON.stringify(recorded.definition),
      roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/recorded`,
    });
    const { executionArn } = await operations.StartExecution({
      stateMachineArn,
      input: JSON.stringify(recorded.input),
    });
    if (recorded.stop) {
      await clock.pause(1000);
      await operations.StopExecution({ executionArn, ...recorded.stop });
    }
    await stepFunctions.world.executions.get(executionArn as string)?.attempt.ended;
    const ended = await operations.DescribeExecution({ executionArn });
    const differences = compareEnd(recorded, ended);
    if (!recorded.events) return differences;
    const events = stepFunctions.world.executions.get(executionArn as string)?.history.events ?? [];
    const timeless = events.map(({ timestamp: _, ...event }) => JSON.parse(JSON.stringify(event)) as RecordedEvent);
    return [...differences, ...compareHistory(withRole(recorded), timeless)];
  });
}

/** The role's ARN was made up by the test; it stands in the history alone. */
function withRole(recorded: ExecutionCase): ExecutionCase {
  const events = recorded.events?.map((event) => {
    const details = event['executionStartedEventDetails'];
    if (!isObject(details)) return event;
    return {
      ...event,
      executionStartedEventDetails: { ...details, roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/recorded` },
    };
  });
  return events ? { ...recorded, events } : recorded;
}
