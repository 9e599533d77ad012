import { AwsFault } from '../../lib/local/call.ts';
import { createSeededRandom } from '../../lib/local/seeded-random.ts';
import { isString, type JsonObject } from '../../lib/local/stepfunctions/json.ts';
import { createStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import { createVirtualClock } from '../../lib/local/virtual-clock.ts';
import { callIn, callOperation, type Operations } from './call.ts';
import type { ApiCall, ApiCase } from './case.ts';
import { compare, comparisonFor } from './compare.ts';
import { nameExecutions } from './name-executions.ts';
import { ACCOUNT_ID, fillIn, REGION } from './placeholders.ts';
import { withoutTimes } from './recorded-event.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

/** An ARN for a made-up word that stands for one: a role, or a machine or execution that is not there. */
function arnFor(member: string, word: string, recorded: ApiCase): string | undefined {
  const states = `arn:aws:states:${REGION}:${ACCOUNT_ID}`;
  if (member === 'roleArn') return `arn:aws:iam::${ACCOUNT_ID}:role/${word}`;
  if (!recorded.error?.code.endsWith('DoesNotExist')) return undefined;
  if (member === 'executionArn') return `${states}:execution:none:${word}`;
  return member === 'stateMachineArn' ? `${states}:stateMachine:${word}` : undefined;
}

/** Puts ARNs for the words that stand for them, wherever they stand whole or between quotes. */
function withArns(recorded: ApiCase): ApiCase {
  let text = JSON.stringify(recorded);
  for (const { request } of [...recorded.setup, recorded]) {
    for (const [member, word] of Object.entries(request)) {
      if (!isString(word) || word.startsWith('arn:')) continue;
      const arn = arnFor(member, word, recorded);
      if (arn) text = text.replaceAll(`"${word}"`, `"${arn}"`).replaceAll(`'${word}'`, `'${arn}'`);
    }
  }
  const whole: ApiCase = JSON.parse(text);
  return whole;
}

function filledIn(original: ApiCase): ApiCase {
  const named = nameExecutions(original);
  const whole: ApiCase = JSON.parse(fillIn(JSON.stringify(named), [named.setup, named.request]));
  return withArns(whole);
}

/** A request as a client sends it: without members that the test left empty. */
function sent(request: ApiCall['request']): JsonObject {
  const members = Object.entries(request);
  return Object.fromEntries(
    members.filter(([name, value]) => value !== null && !(name.endsWith('Configuration') && value === '')),
  );
}

type Answer = { readonly response: JsonObject } | { readonly fault: AwsFault };

async function answerTo(operations: Operations, { call, request }: ApiCall): Promise<Answer> {
  try {
    return { response: await callOperation(operations, call, sent(request)) };
  } catch (thrown) {
    if (thrown instanceof AwsFault) return { fault: thrown };
    throw thrown;
  }
}

function compareFault(recorded: ApiCase, fault: AwsFault): string[] {
  const how = comparisonFor(recorded);
  if (!recorded.error) return [`recorded an answer, but got ${fault.name}: ${fault.message}`];
  const { code, message } = recorded.error;
  const codes = compare(code, fault.name, 'code', how);
  return message === undefined ? codes : [...codes, ...compare(message, fault.message, 'message', how)];
}

function compareAnswer(recorded: ApiCase, answer: Answer): string[] {
  if ('fault' in answer) return compareFault(recorded, answer.fault);
  if (recorded.error) return [`recorded ${recorded.error.code}: ${recorded.error.message}, but got an answer`];
  const { events } = answer.response;
  const response = events === undefined ? answer.response : { ...answer.response, events: withoutTimes(events) };
  return compare(recorded.response ?? {}, response, 'response', comparisonFor(recorded));
}

/** Makes a recorded API call after the calls before it, and tells each difference. */
export async function runApiCase(original: ApiCase): Promise<string[]> {
  const recorded = filledIn(original);
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
      // Between two calls of a test some time went by, enough for what it had started to come to its end.
      await clock.pause(1000);
    }
    return compareAnswer(recorded, await answerTo(operations, recorded));
  });
}
