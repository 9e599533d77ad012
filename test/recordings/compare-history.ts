import type { Json, JsonObject } from '../../lib/local/stepfunctions/json.ts';
import { present } from '../../lib/local/stepfunctions/present.ts';
import type { ExecutionCase, RecordedEvent } from './case.ts';
import { compare, comparisonFor, type Comparison } from './compare.ts';
import { asRecordedInParallel } from './history-order.ts';

const withoutIds = (event: RecordedEvent): JsonObject => ({ ...event, id: 0, previousEventId: 0 });

/** Where an event stands in a text: `3 TaskScheduled`. */
const label = (event: RecordedEvent) => `event ${JSON.stringify(event.id)} ${event.type}`;

/** Compares two events, ids and all unless the recording has none. */
function compareEvents(recorded: RecordedEvent, actual: RecordedEvent, how: Comparison, ids: boolean): string[] {
  return ids
    ? compare(recorded, actual, label(recorded), how)
    : compare(withoutIds(recorded), withoutIds(actual), label(recorded), how);
}

/** Pairs each recorded event with one of ours, in whatever order. */
function compareUnordered(
  recorded: readonly RecordedEvent[],
  actual: readonly RecordedEvent[],
  same: (one: RecordedEvent, other: RecordedEvent) => boolean,
): string[] {
  const left = [...actual];
  return recorded.flatMap((event) => {
    const index = left.findIndex((other) => same(event, other));
    if (index < 0) return [`${label(event)}: recorded ${JSON.stringify(event)}, but there is no such event`];
    left.splice(index, 1);
    return [];
  });
}

/** Runs of events whose ids the recording dropped, and single events between them. */
function compareInSegments(
  recorded: readonly RecordedEvent[],
  actual: readonly RecordedEvent[],
  how: Comparison,
): string[] {
  const differences: string[] = [];
  for (let start = 0; start < recorded.length;) {
    let end = start;
    while (Array.isArray(recorded[end]?.id)) end++;
    if (end === start) {
      differences.push(...compareEvents(present(recorded[start]), present(actual[start]), how, false));
      start++;
    } else {
      const same = (one: RecordedEvent, other: RecordedEvent) => compareEvents(one, other, how, false).length === 0;
      differences.push(...compareUnordered(recorded.slice(start, end), actual.slice(start, end), same));
      start = end;
    }
  }
  return differences;
}

/** Whether branches or iterations ran side by side, so that another run may interleave their events in another way. */
function runsSideBySide(definition: Json): boolean {
  const text = JSON.stringify(definition);
  return text.includes('"Type":"Parallel"') || (text.includes('"Type":"Map"') && !/"MaxConcurrency":1[,}]/.test(text));
}

/** The type of the event that this one points at. */
const typeBefore = (events: readonly RecordedEvent[], event: RecordedEvent) =>
  events.find(({ id }) => id === event.previousEventId)?.type;

/** The same events in another order, each pointing at an event of the same type. */
function compareInAnyOrder(
  recorded: readonly RecordedEvent[],
  actual: readonly RecordedEvent[],
  how: Comparison,
): string[] {
  return compareUnordered(
    recorded,
    actual,
    (one, other) =>
      compareEvents(one, other, how, false).length === 0 && typeBefore(recorded, one) === typeBefore(actual, other),
  );
}

const types = (events: readonly RecordedEvent[]) => events.map(({ type }) => type).join(' ');

/** Compares a whole history. */
export function compareHistory(recorded: ExecutionCase, actual: readonly RecordedEvent[]): string[] {
  const expected = recorded.events ?? [];
  const sorted = recorded.ignoredFields.includes('order of events inside Parallel');
  const ours = sorted ? asRecordedInParallel(actual) : actual;
  if (expected.length !== ours.length) {
    return [`history: recorded ${expected.length} events, but got ${ours.length}`, types(expected), types(ours)];
  }
  const how = () => comparisonFor(recorded);
  if (sorted) return compareInSegments(expected, ours, how());
  const inOrder = how();
  const differences = expected.flatMap((event, index) => compareEvents(event, present(ours[index]), inOrder, true));
  if (differences.length === 0 || !runsSideBySide(recorded.definition)) return differences;
  return compareInAnyOrder(expected, ours, how()).length === 0 ? [] : differences;
}
