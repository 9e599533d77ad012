import type { TestEventPatternResponse } from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../call.ts';
import { compiled } from './put-rule.ts';

// "mandatory fields" of the event (EventBridge API reference, TestEventPattern).
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** Tells whether an event matches a pattern. */
export function testEventPattern(input: { EventPattern: string; Event: string }) {
  const pattern = compiled(input.EventPattern);
  const event = eventOf(input.Event);
  const missing = MANDATORY.find((field) => !(field in event));
  if (missing !== undefined) {
    // The texts of this operation's own refusals are not known.
    const text = `Parameter Event is not valid. Reason: Provided Event is missing required field ${missing}.`;
    throw new AwsFault('ValidationException', text);
  }
  return { Result: pattern(event) } satisfies TestEventPatternResponse;
}

function eventOf(text: string): object {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event;
  } catch {
    // Refused below, as anything else that is no JSON object.
  }
  throw new AwsFault('ValidationException', 'Parameter Event is not valid.');
}
