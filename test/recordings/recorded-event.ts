import { isArray, isObject, type Json } from '../../lib/local/stepfunctions/json.ts';
import type { RecordedEvent } from './case.ts';

/** History events as they were recorded: without their times. */
export function withoutTimes(events: Json | undefined): Json {
  if (!isArray(events)) return [];
  return events.map((event) => {
    if (!isObject(event)) return event;
    return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'timestamp'));
  });
}

/** A history in the form of the recordings. */
export function asRecorded(events: readonly object[]): RecordedEvent[] {
  const recorded: RecordedEvent[] = JSON.parse(JSON.stringify(withoutTimes(JSON.parse(JSON.stringify(events)))));
  return recorded;
}
