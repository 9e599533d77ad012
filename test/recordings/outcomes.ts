import type { Clock } from '../../lib/runtime.ts';
import { readJson, type Json } from '../../lib/local/stepfunctions/json.ts';
import { present } from '../../lib/local/stepfunctions/present.ts';
import { IntegrationFailure } from '../../lib/local/stepfunctions/service-failure.ts';
import type { Integration, IntegrationAnswer, IntegrationCall } from '../../lib/local/stepfunctions/world.ts';
import type { Behaviour, Outcome } from './case.ts';

/** What answers a task by its token. */
export interface TokenCalls {
  success(taskToken: string, output: string): void;
  failure(taskToken: string, error: string | undefined, cause: string | undefined): void;
  heartbeat(taskToken: string): void;
}

const asText = (value: Json | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** Recorded output: text where it was an array, a string or a number on the wire. */
const asJson = (value: Json | undefined): Json => (typeof value === 'string' ? readJson(value) : (value ?? null));

const forEver = () => new Promise<never>(() => {});

function ended(outcome: Outcome | undefined): Promise<Json> {
  if (outcome?.event === 'TaskSucceeded') return Promise.resolve(asJson(outcome.output));
  if (outcome?.event === 'TaskFailed') {
    return Promise.reject(new IntegrationFailure(outcome.error, asText(outcome.cause)));
  }
  return forEver();
}

async function callBack(
  outcome: Outcome | undefined,
  behaviour: Behaviour,
  token: string,
  calls: TokenCalls,
  clock: Clock,
): Promise<void> {
  await clock.pause(1);
  for (let beat = 0; beat < (behaviour.heartbeats ?? 0); beat++) {
    calls.heartbeat(token);
    await clock.pause(1000);
  }
  if (outcome?.event === 'TaskSucceeded') {
    // Workers that echo send the token back, which was masked.
    calls.success(token, JSON.stringify(asJson(outcome.output)).replaceAll(/<task_token:\d+>/g, token));
  }
  if (outcome?.event === 'TaskFailed') calls.failure(token, outcome.error, asText(outcome.cause));
}

/** Acts as the services that the recorded states called: what came back comes back again, in the same order. */
export function recordedIntegration(
  behaviours: Readonly<Record<string, Behaviour>>,
  calls: TokenCalls,
  clock: Clock,
): Integration {
  // States of one resource share one list: each holds the outcomes of all.
  const queues = new Map<string, Outcome[]>();
  return async (call: IntegrationCall): Promise<IntegrationAnswer> => {
    const behaviour = behaviours[call.stateName];
    if (!behaviour) throw new Error(`nothing was recorded for the state ${call.stateName}`);
    const key = JSON.stringify([behaviour.resource, behaviour.outcomes]);
    const queue = queues.get(key) ?? [...(behaviour.outcomes ?? [])];
    queues.set(key, queue);
    const first = queue.shift();
    if (call.pattern === 'request-response') return { output: await ended(first) };
    if (first?.event !== 'TaskSubmitted') {
      throw new IntegrationFailure(first?.error, asText(first?.cause));
    }
    const output = first.response ?? {};
    const second = queue.shift();
    if (call.pattern !== 'waitForTaskToken') return { output, completion: ended(second) };
    void callBack(second, behaviour, present(call.taskToken), calls, clock);
    return { output };
  };
}
