import type { GetExecutionHistoryInput, GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { findExecution } from './arn.ts';
import { page } from './paging.ts';
import type { World } from './world.ts';

// What `includeExecutionData: false` leaves out of an event's details.
const data = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'assignedVariables']);

function withoutData(event: HistoryEvent): HistoryEvent {
  const members = Object.entries(event).map(([name, value]) => {
    if (!name.endsWith('EventDetails')) return [name, value as unknown];
    return [name, Object.fromEntries(Object.entries(value as object).filter(([detail]) => !data.has(detail)))];
  });
  return Object.fromEntries(members) as HistoryEvent;
}

/** What an execution did, in its order or backwards. */
export function getExecutionHistory(input: GetExecutionHistoryInput, world: World): GetExecutionHistoryOutput {
  const { events } = findExecution(world, input.executionArn as string).history;
  const { items, nextToken } = page(input.reverseOrder ? events.toReversed() : events, input);
  const shown = input.includeExecutionData === false ? items.map(withoutData) : [...items];
  return { events: shown, ...(nextToken === undefined ? {} : { nextToken }) };
}
