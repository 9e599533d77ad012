import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { Clock } from '../../runtime.ts';
import { StateFailure } from './failure.ts';

/** A history event's details, under their own name: `{ stateEnteredEventDetails: { … } }`. */
export type EventDetails = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

// Event 25,000 is the failure itself (measured in floci-io/floci#2734; Step Functions quotas).
const EVENTS_AT_MOST = 25_000;

/** What an execution did, as GetExecutionHistory shows it. */
export class History {
  readonly #events: HistoryEvent[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** Adds an event of a state. Throws `States.Runtime` when only the last event, the failure, is left. */
  add(type: HistoryEventType, previousEventId: number, details: EventDetails = {}): number {
    if (this.#events.length >= EVENTS_AT_MOST - 1) {
      throw new StateFailure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${EVENTS_AT_MOST}).`,
      );
    }
    return this.addEnd(type, previousEventId, details);
  }

  /** Adds an event that ends or redrives the execution: there is always room for it. */
  addEnd(type: HistoryEventType, previousEventId: number, details: EventDetails = {}): number {
    const id = this.#events.length + 1;
    this.#events.push({ timestamp: new Date(this.#clock.now()), type, id, previousEventId, ...details });
    return id;
  }
}

/** Says that the text beside it is whole: the interpreter never truncates. */
export const notTruncated = { truncated: false } as const;

/** One line of events, each pointing at the one before: the execution's own, or a branch's or an iteration's. */
export class Thread {
  /** The event that the next one points at. */
  previous: number;
  readonly #history: History;
  readonly #mayGoOn: () => void;

  /** `mayGoOn` throws where the work was called off, so that it leaves no trace any more. */
  constructor(history: History, previous: number, mayGoOn: () => void) {
    this.#history = history;
    this.previous = previous;
    this.#mayGoOn = mayGoOn;
  }

  /** Adds an event that the next one points at. */
  add(type: HistoryEventType, details?: EventDetails, previous = this.previous): number {
    this.previous = this.note(type, details, previous);
    return this.previous;
  }

  /** Adds an event that the next one passes over, as AWS does with `…Succeeded`, `MapIterationFailed` and `…Aborted` (recorded). */
  note(type: HistoryEventType, details?: EventDetails, previous = this.previous): number {
    this.#mayGoOn();
    return this.#history.add(type, previous, details);
  }
}
