import type { Clock, Random } from '../../runtime.ts';
import { drawDelay } from '../eks/delay.ts';
import type { Delay } from '../iam/read-lag.ts';
import { randomUuid } from '../seeded-random.ts';
import type { BusState, Rule, RuleRef } from './bus-state.ts';
import { cloudTrailEvent, type CloudTrailRecord, isReadOnlyCall } from './cloudtrail.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type BusTargets, deliver } from './deliver.ts';
import type { BusEvent } from './event.ts';
import type { BusRef } from './forwarding.ts';
import { scheduledEvent } from './schedule.ts';

/** How events travel. */
export interface EventTravel {
  /**
   * From an API call until CloudTrail's event of it is on the bus: drawn, or told for each record, so that tests can reorder them.
   * AWS names no figure (EventBridge reference, events from IAM: best effort). @default 2 to 15 s
   */
  readonly cloudTrailDelay?: Delay | ((record: CloudTrailRecord) => number);
  /** How often a record is delivered: AWS promises no more than "at least once". @default once */
  readonly copies?: (record: CloudTrailRecord) => number;
  /** From the bus to a target. @default 50 to 500 ms */
  readonly targetDelay?: Delay;
}

/** The way of events: onto the bus, past the listeners, through the rules, to the targets. */
export interface EventBus {
  readonly events: readonly BusEvent[];
  readonly deadLetters: readonly DeadLetter[];
  publish(event: BusEvent): void;
  /** Fires a rule with a schedule now, whatever the time is; ends when its targets have it. */
  readonly fire: (rule: RuleRef) => Promise<void>;
  deliverCloudTrail(record: CloudTrailRecord): void;
  subscribe(listener: (event: BusEvent) => void): () => void;
}

interface BusParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly state: BusState;
  readonly targets: BusTargets;
  readonly travel: EventTravel;
}

/** A bus for the events of every account and region: each meets only the rules of its own. */
export function createBus({ clock, random, state, targets, travel }: BusParts): EventBus {
  const { cloudTrailDelay = { from: 2_000, to: 15_000 }, copies = () => 1 } = travel;
  const { targetDelay = { from: 50, to: 500 } } = travel;
  const events: BusEvent[] = [];
  const deadLetters: DeadLetter[] = [];
  const listeners = new Set<(event: BusEvent) => void>();
  function toDeadLetters(letter: DeadLetter): void {
    deadLetters.push(letter);
    targets.toQueue?.(letter);
  }
  const delivery = { clock, random, targets, forward, toDeadLetters };

  const publish = (event: BusEvent) => forward(event, { accountId: event.account, region: event.region });

  function forward(event: BusEvent, bus: BusRef): void {
    events.push(event);
    for (const listener of listeners) listener(event);
    for (const rule of state.rulesOf(bus.accountId, bus.region)) {
      const takesReads = rule.state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
      const takes = rule.state !== 'DISABLED' && (takesReads || !isReadOnlyCall(event));
      if (takes && rule.pattern?.(event)) void handOut(event, rule);
    }
  }

  /** Hands an event to a rule's targets, each after a while of its own. */
  async function handOut(event: BusEvent, rule: Rule): Promise<void> {
    const deliveries = rule.targets.map((target) => {
      const wait = drawDelay(targetDelay, random);
      return clock.pause(wait).then(() => deliver(event, rule, target, delivery));
    });
    await Promise.all(deliveries);
  }

  return {
    events,
    deadLetters,
    publish,
    async fire(ref) {
      const rule = state.rule(ref);
      if (rule?.scheduleExpression === undefined) throw new Error(`no rule '${ref.name}' has a schedule to fire by`);
      await handOut(scheduledEvent(rule, randomUuid(random), clock.now()), rule);
    },
    deliverCloudTrail(record) {
      const event = cloudTrailEvent(record, randomUuid(random));
      for (let copy = copies(record); copy > 0; copy -= 1) {
        const isTold = typeof cloudTrailDelay === 'function';
        const wait = isTold ? cloudTrailDelay(record) : drawDelay(cloudTrailDelay, random);
        void clock.pause(wait).then(() => publish(event));
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
