import type { GetExecutionHistoryInput, GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { findExecution } from './arn.ts';
import { isObject } from './json.ts';
import { page } from './paging.ts';
import type { World } from './world.ts';

// What `includeExecutionData: false` leaves out of an event's details.
const data = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'assignedVariables']);

function withoutData(event: HistoryEvent): HistoryEvent {
  const shown = { ...event };
  for (const [name, details] of Object.entries(event)) {
    if (!name.endsWith('EventDetails') || !isObject(details)) continue;
    const kept = Object.entries(details).filter(([detail]) => !data.has(detail));
    Object.assign(shown, { [name]: Object.fromEntries(kept) });
  }
  return shown;
}

/** What an execution did, in its order or backwards. */
export function getExecutionHistory(input: GetExecutionHistoryInput, world: World): GetExecutionHistoryOutput {
  const { events } = findExecution(world, input.executionArn).history;
  const { items, nextToken } = page(input.reverseOrder ? events.toReversed() : events, input);
  const shown = input.includeExecutionData === false ? items.map(withoutData) : [...items];
  return { events: shown, ...(nextToken === undefined ? {} : { nextToken }) };
}
