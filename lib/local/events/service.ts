import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Clock, Random } from '../../runtime.ts';
import type { Call, LocalService, Operation } from '../call.ts';
import type { Deployment } from '../deployment.ts';
import { type BusState, createBusState } from './bus-state.ts';
import { deleteRule } from './delete-rule.ts';
import type { BusTargets } from './deliver.ts';
import { deployRules } from './deploy-rules.ts';
import { describeRule } from './describe-rule.ts';
import { disableRule } from './disable-rule.ts';
import { enableRule } from './enable-rule.ts';
import { createBus, type EventBus, type EventTravel } from './event-bus.ts';
import { keepSchedules } from './keep-schedules.ts';
import { listRules } from './list-rules.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { putEvents } from './put-events.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removeTargets } from './remove-targets.ts';
import { testEventPattern } from './test-event-pattern.ts';

/** What the local event bus is made of. */
export interface EventBusOptions extends EventTravel {
  readonly clock: Clock;
  readonly random: Random;
  readonly targets: BusTargets;
  /** Whether deployed rules with a schedule fire by the clock; if not, `fire` does it when asked. @default false */
  readonly keepsSchedules?: boolean;
}

/** The default event buses of every account and region. */
export interface LocalEventBus extends EventBus {
  readonly service: LocalService;
  readonly state: BusState;
  /** Puts a deployment's rules on its account's bus. */
  deploy(deployment: Deployment): void;
}

/** Default event buses without rules. */
export function createEventBus({
  clock,
  random,
  targets,
  keepsSchedules = false,
  ...travel
}: EventBusOptions): LocalEventBus {
  const state = createBusState();
  const bus = createBus({ clock, random, state, targets, travel });
  const keep = keepSchedules({ clock, state, fire: bus.fire });
  const on =
    <Input>(run: (input: Input, buses: BusState, call: Call) => object): Operation =>
    (input: Input, call) =>
      run(input, state, call);
  return {
    ...bus,
    state,
    deploy(deployment) {
      deployRules(deployment, state);
      if (keepsSchedules) keep(deployment);
    },
    service: {
      signingName: 'events',
      operations: {
        DeleteRule: on(deleteRule),
        DescribeRule: on(describeRule),
        DisableRule: on(disableRule),
        EnableRule: on(enableRule),
        ListRules: on(listRules),
        ListTargetsByRule: on(listTargetsByRule),
        PutEvents: (input: { Entries: PutEventsRequestEntry[] }, call) =>
          putEvents(input, call, random, (event) => bus.publish(event)),
        PutRule: on(putRule),
        PutTargets: on(putTargets),
        RemoveTargets: on(removeTargets),
        TestEventPattern: testEventPattern,
      },
    },
  };
}
