import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** When an event of an execution's history happened, in milliseconds since 1970. */
export const timeOf = ({ timestamp }: HistoryEvent): number => timestamp?.getTime() ?? 0;

/** The Task state that an event of a history belongs to: found by going back from event to event. */
export function stateOf(event: HistoryEvent, history: readonly HistoryEvent[]): string {
  let current: HistoryEvent | undefined = event;
  while (current && current.type !== 'TaskStateEntered') {
    const { previousEventId }: HistoryEvent = current;
    // Ids count from 1 without a gap.
    current = previousEventId ? history[previousEventId - 1] : undefined;
  }
  return current?.stateEnteredEventDetails?.name ?? '';
}
