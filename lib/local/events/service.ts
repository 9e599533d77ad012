import type { Clock, Random } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import type { Delay } from '../iam/read-lag.ts';
import { type BusState, createBusState, type DeadLetter } from './bus-state.ts';
import type { BusEvent } from './event.ts';

/** What takes an event that a rule matched. A thrown error means that it did not. */
export interface BusTargets {
  /** Starts an execution of a state machine with the input's JSON text. */
  startExecution(stateMachineArn: string, input: string): Promise<unknown>;
  /** Invokes a function with the input's JSON text, without waiting for its result. */
  invokeFunction?(functionArn: string, input: string): Promise<unknown>;
}

/** What the local event bus is made of. */
export interface EventBusOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly targets: BusTargets;
  /**
   * From an API call until CloudTrail's event of it is on the bus. No AWS figure exists (aws-facts 4.8).
   * @default 2 to 15 s
   */
  readonly cloudTrailDelay?: Delay;
  /**
   * How often each CloudTrail record is delivered: AWS may deliver one more than once.
   * @default 1
   */
  readonly copies?: (record: CloudTrailRecord) => number;
}

/** A CloudTrail record, as far as the bus reads it. */
export interface CloudTrailRecord {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly readOnly?: boolean;
}

/** The default event buses of every account and region. */
export interface LocalEventBus {
  readonly service: LocalService;
  readonly state: BusState;
  /** Every event that reached a bus, oldest first. */
  readonly events: readonly BusEvent[];
  /** Events that a target never took. */
  readonly deadLetters: readonly DeadLetter[];
  /** Puts an event on the bus of its account and region. */
  publish(event: BusEvent): void;
  /** Puts a CloudTrail record on the bus of its account and region, after a drawn delay. */
  deliverCloudTrail(record: CloudTrailRecord): void;
  /** Tells a listener of every event on any bus; returns what stops it. */
  subscribe(listener: (event: BusEvent) => void): () => void;
}

/** Default event buses without rules. */
export function createEventBus(_options: EventBusOptions): LocalEventBus {
  const state = createBusState();
  return {
    service: { signingName: 'events', operations: {} },
    state,
    events: [],
    deadLetters: [],
    publish: () => undefined,
    deliverCloudTrail: () => undefined,
    subscribe: () => () => undefined,
  };
}
