import type { Clock, Random } from '../runtime.ts';
import type { Deployment, PolicyStatement } from './deployment.ts';
import { type BusEvent, eventTime } from './events/event.ts';
import type { LocalEventBus } from './events/service.ts';
import { innerCall } from './inner-call.ts';
import type { LocalLambda } from './lambda/service.ts';
import { putEventsIntegration } from './put-events-integration.ts';
import { randomUuid } from './seeded-random.ts';
import { createStepFunctions, type LocalStepFunctions } from './stepfunctions/service.ts';
import type { StatusChange } from './stepfunctions/world.ts';

/** Step Functions among its neighbours. */
export interface WiredStepFunctions extends LocalStepFunctions {
  /** Creates a deployment's state machines. */
  deploy(deployment: Deployment): void;
}

/** The event that EventBridge gets of an execution's start or end (Step Functions developer guide, "Automating … with EventBridge"). */
function statusChangeEvent(change: StatusChange, id: string, now: number): BusEvent {
  const [, , , region = '', account = ''] = change.executionArn.split(':');
  return {
    version: '0',
    id,
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: eventTime(now),
    region,
    resources: [change.executionArn],
    detail: change,
  };
}

/** Step Functions that runs functions of the local Lambda and puts its own events on the bus. */
export function createLocalStepFunctions(neighbours: {
  readonly clock: Clock;
  readonly random: Random;
  readonly lambda: LocalLambda;
  readonly events: LocalEventBus;
}): WiredStepFunctions {
  const { clock, random, lambda, events } = neighbours;
  const statements = new Map<string, readonly PolicyStatement[]>();
  const putEvents = putEventsIntegration({
    random,
    events: events.service,
    now: () => clock.now(),
    statementsOf: (stateMachineArn) => statements.get(stateMachineArn),
  });
  const stepFunctions = createStepFunctions({
    clock,
    random,
    invokeFunction: (functionNameOrArn, payload) => lambda.invoke(functionNameOrArn, payload),
    integrations: { 'events:putEvents': putEvents },
    onStatusChange: (change) => events.publish(statusChangeEvent(change, randomUuid(random), clock.now())),
  });

  function deploy(deployment: Deployment): void {
    const { partition, accountId, region, stateMachines } = deployment;
    for (const [name, machine] of Object.entries(stateMachines)) {
      const roleArn = machine.roleArn ?? `arn:${partition}:iam::${accountId}:role/${name}`;
      const made = { now: clock.now(), requestId: randomUuid(random) };
      const call = innerCall('states:CreateStateMachine', deployment, roleArn, made);
      void stepFunctions.service.operations['CreateStateMachine']?.(
        { name, definition: machine.definition, roleArn },
        call,
      );
      statements.set(`arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`, machine.statements);
    }
  }

  return { ...stepFunctions, deploy };
}
