import { AwsFault } from '../../lib/local/call.ts';
import { createSeededRandom } from '../../lib/local/seeded-random.ts';
import { createStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import type { Json, JsonObject } from '../../lib/local/stepfunctions/json.ts';
import { createVirtualClock } from '../../lib/local/virtual-clock.ts';
import { callIn, type Operations } from './call.ts';
import type { ApiCall, ApiCase } from './case.ts';
import { compare, comparisonFor } from './compare.ts';
import { ACCOUNT_ID, fillIn, mapStrings, REGION } from './placeholders.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

/** Puts an ARN for each made-up word that stands for one: a role, or a machine or execution that is not there. */
function withArns(recorded: ApiCase): ApiCase {
  const words = new Map<string, string>();
  for (const { request } of [...recorded.setup, recorded]) {
    for (const [member, value] of Object.entries(request)) {
      if (typeof value !== 'string' || value.startsWith('arn:')) continue;
      if (member === 'roleArn') words.set(value, `arn:aws:iam::${ACCOUNT_ID}:role/${value}`);
      const absent = recorded.error?.code.endsWith('DoesNotExist');
      if (absent && member === 'executionArn')
        words.set(value, `arn:aws:states:${REGION}:${ACCOUNT_ID}:execution:none:${value}`);
      if (absent && member === 'stateMachineArn')
        words.set(value, `arn:aws:states:${REGION}:${ACCOUNT_ID}:stateMachine:${value}`);
    }
  }
  const change = (text: string) => {
    const quoted = /^([^']*')([^']*)('.*)$/.exec(text);
    const inQuotes = quoted ? words.get(quoted[2] as string) : undefined;
    return words.get(text) ?? (inQuotes ? `${quoted?.[1]}${inQuotes}${quoted?.[3]}` : text);
  };
  return mapStrings(recorded as unknown as Json, change) as unknown as ApiCase;
}

/** A request as a client sends it: without members that the test left empty. */
const sent = (request: ApiCall['request']): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(request).filter(
      ([name, value]) => value !== null && !(name.endsWith('Configuration') && value === ''),
    ),
  );

type Answer = { readonly response: Record<string, Json> } | { readonly fault: AwsFault };

async function answerTo(operations: Operations, { call, request }: ApiCall): Promise<Answer> {
  try {
    return { response: await operations[call as keyof Operations](sent(request)) };
  } catch (thrown) {
    if (thrown instanceof AwsFault) return { fault: thrown };
    throw thrown;
  }
}

/** History events were recorded without their times. */
function withoutTimes(response: Record<string, Json>): Json {
  const { events } = response;
  if (!Array.isArray(events)) return response;
  return { ...response, events: (events as JsonObject[]).map(({ timestamp: _, ...event }) => event) };
}

function compareAnswer(recorded: ApiCase, answer: Answer): string[] {
  const how = comparisonFor(recorded);
  if ('fault' in answer) {
    const { name: code, message } = answer.fault;
    if (!recorded.error) return [`recorded an answer, but got ${code}: ${message}`];
    const { code: recordedCode, message: recordedMessage } = recorded.error;
    const codes = compare(recordedCode, code, 'code', how);
    return recordedMessage === undefined ? codes : [...codes, ...compare(recordedMessage, message, 'message', how)];
  }
  if (recorded.error) return [`recorded ${recorded.error.code}: ${recorded.error.message}, but got an answer`];
  const plain = withoutTimes(JSON.parse(JSON.stringify(answer.response)) as Record<string, Json>);
  return compare(recorded.response ?? {}, plain, 'response', how);
}

/** Makes a recorded API call after the calls before it, and tells each difference. */
export async function runApiCase(original: ApiCase): Promise<string[]> {
  const named = nameExecutions(original);
  const recorded = withArns(fillIn(named, [named.setup, named.request]));
  const clock = createVirtualClock(START);
  const stepFunctions = createStepFunctions({
    clock,
    random: createSeededRandom(1),
    invokeFunction: (name) => Promise.reject(new AwsFault('ResourceNotFoundException', `Function not found: ${name}`)),
    integrations: { 'sqs:sendMessage': () => Promise.resolve({ output: { MessageId: 'a', MD5OfMessageBody: 'b' } }) },
  });
  const operations = callIn(stepFunctions);
  return clock.run(async () => {
    for (const before of recorded.setup) {
      await answerTo(operations, before);
      await clock.pause(1000);
    }
    return compareAnswer(recorded, await answerTo(operations, recorded));
  });
}

/**
 * Gives the executions that the setup starts without a name the name by which the case knows them: `<ExecArnPart_0idx>` is the first
 * that was started; an execution that the request names in another way is the latest.
 */
function nameExecutions(recorded: ApiCase): ApiCase {
  const started = recorded.setup.filter(({ call, request }) => call === 'StartExecution' && isStartable(request));
  const wanted = recorded.request['executionArn'];
  const wantedName =
    typeof wanted === 'string' && wanted.includes(':execution:') ? wanted.split(':').at(-1) : undefined;
  const known = started.some(({ request }) => request['name'] === wantedName) || /<ExecArnPart_/.test(wantedName ?? '');
  const names = new Map(
    started.map((call, index) => {
      const latest = index === started.length - 1;
      return [call, latest && wantedName && !known ? wantedName : `<ExecArnPart_${index}idx>`] as const;
    }),
  );
  const setup = recorded.setup.map((call) => {
    const name = names.get(call);
    return name === undefined || 'name' in call.request ? call : { ...call, request: { ...call.request, name } };
  });
  return { ...recorded, setup };
}

/** Whether StartExecution takes that input. */
function isStartable({ input = '{}' }: ApiCall['request']): boolean {
  try {
    JSON.parse(input as string);
    return true;
  } catch {
    return false;
  }
}
