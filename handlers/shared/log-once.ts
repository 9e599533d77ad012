import type { MiddlewareObj } from '@middy/core';
import { pino, stdSerializers } from 'pino';
import * as v from 'valibot';
import { Cause, OUTCOMES } from '../../lib/core/shapes.ts';
import type { Runtime } from '../../lib/runtime.ts';

/** Writes one line an invocation: how it went, or its error. Only what is named here is written, never an event as a whole. */
export function logOnce(stepName: string, { clock, write }: Runtime): MiddlewareObj {
  const log = pino(
    {
      base: { step: stepName },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      // pino's own `type` is the class's name, which minifying shortens.
      serializers: { err: (error: Error) => ({ ...stdSerializers.err(error), type: error.name }) },
    },
    { write: (line) => write(line.trimEnd()) },
  );
  return {
    after({ event, context, response }) {
      const result = resultInShort(response);
      const line = { ...aboutInvocation(event, context), ...result };
      if (result.statusCode !== undefined && result.statusCode >= 400) log.warn(line, `${stepName} refused`);
      else log.info(line, `${stepName} done`);
    },
    // Answers nothing: middy would take a value as the answer, and the failure would be lost.
    onError({ event, context, error }) {
      log.error({ ...aboutInvocation(event, context), err: error }, `${stepName} failed`);
    },
  };
}

const ofRecord = v.record(v.string(), v.unknown());
const text = v.pipe(v.string(), v.maxLength(2_048));
const OutcomeName = v.picklist(OUTCOMES);

/**
 * Which execution, by whose doing: from the input as it came, since a malformed one has to be traceable too. What no state
 * machine runs has no execution, but a cause: the heartbeat its event, the uninstall's check its stack's request, an answer the
 * person who gives it.
 */
export function aboutInvocation(event: unknown, { awsRequestId }: { awsRequestId?: string }) {
  return {
    requestId: awsRequestId,
    executionArn: pick(text, event, 'executionArn') ?? pick(text, pick(ofRecord, event, 'journal'), 'holder'),
    cause: pick(Cause, event, 'cause') ?? causeOfEvent(pick(ofRecord, event, 'event')) ?? causeOfCall(event),
  };
}

/** Of what AWS calls a function with itself: a schedule's event, CloudTrail's, a stack's request, or a person's call of a function URL. */
function causeOfCall(event: unknown) {
  if (pick(text, event, 'source') === 'aws.events') return { kind: 'schedule', eventId: pick(text, event, 'id') };
  if (pick(text, event, 'StackId')) return { kind: 'stack', eventId: pick(text, event, 'RequestId') };
  const iam = pick(ofRecord, pick(ofRecord, pick(ofRecord, event, 'requestContext'), 'authorizer'), 'iam');
  const actorArn = pick(text, iam, 'userArn');
  return actorArn === undefined ? causeOfEvent(event) : { kind: 'person', actorArn };
}

/** By CloudTrail's own id, as the Cause that ReadEvent makes of the event will have it. */
function causeOfEvent(event: unknown) {
  const eventId = pick(text, pick(ofRecord, event, 'detail'), 'eventID');
  return eventId === undefined ? undefined : { kind: 'event', eventId };
}

function resultInShort(response: unknown) {
  return {
    next: pick(text, response, 'next'),
    status: pick(text, response, 'status'),
    statusCode: pick(v.number(), response, 'statusCode'),
    outcome: pick(text, pick(ofRecord, response, 'outcome'), 'name') ?? pick(OutcomeName, response, 'name'),
    // The executions that an answer ended the wait of.
    executions: pick(v.array(text), fromJson(pick(v.string(), response, 'body')), 'executions'),
  };
}

function fromJson(body = 'null'): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function pick<Schema extends v.GenericSchema>(schema: Schema, from: unknown, key: string) {
  const parsed = v.safeParse(v.object({ [key]: schema }), from);
  return parsed.success ? parsed.output[key] : undefined;
}
