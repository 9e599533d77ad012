import type { Clock, Random } from '../runtime.ts';
import type { Deployment } from './deployment.ts';
import { type BusEvent, eventTime } from './events/event.ts';
import type { LocalEventBus } from './events/service.ts';
import { innerCall } from './inner-call.ts';
import type { LocalLambda } from './lambda/service.ts';
import { putEventsIntegration } from './put-events-integration.ts';
import { checkMachineRole, MACHINE_TRACE_ACTIONS } from './machine-role-checks.ts';
import type { Permissions } from './policies/permissions.ts';
import { roleAccess } from './role-access.ts';
import { randomUuid } from './seeded-random.ts';
import { createStepFunctions, type LocalStepFunctions } from './stepfunctions/service.ts';
import type { Trace } from './xray/traces.ts';
import type { StatusChange } from './stepfunctions/world.ts';

/** Step Functions among its neighbours. */
export interface WiredStepFunctions extends LocalStepFunctions {
  /** The executions of machines whose tracing is on and allowed. */
  readonly traces: readonly Trace[];
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
  readonly permissions: Permissions;
}): WiredStepFunctions {
  const { clock, random, lambda, events, permissions } = neighbours;
  const authorize = roleAccess(permissions, 'states');
  /** Roles of traced state machines, by their ARNs. */
  const traced = new Map<string, string>();
  const traces: Trace[] = [];
  const putEvents = putEventsIntegration({
    random,
    events: events.service,
    now: () => clock.now(),
    authorize,
  });
  const stepFunctions = createStepFunctions({
    clock,
    random,
    invokeFunction: (functionNameOrArn, payload) => lambda.invoke(functionNameOrArn, payload),
    authorize,
    integrations: { 'events:putEvents': putEvents },
    onStatusChange(change) {
      if (change.status === 'RUNNING') trace(change);
      events.publish(statusChangeEvent(change, randomUuid(random), clock.now()));
    },
  });

  function trace({ stateMachineArn, executionArn }: StatusChange): void {
    const roleArn = traced.get(stateMachineArn);
    if (roleArn === undefined) return;
    const who = permissions.roleIdentity(roleArn, 'states');
    const decisions = MACHINE_TRACE_ACTIONS.map((action) => permissions.decide(who, { action, resource: '*' }));
    if (decisions.every((one) => one === 'allow')) traces.push({ arn: executionArn, at: clock.now() });
  }

  function deploy(deployment: Deployment): void {
    const { partition, accountId, region, stateMachines } = deployment;
    for (const [name, machine] of Object.entries(stateMachines)) {
      const roleArn = machine.roleArn ?? `arn:${partition}:iam::${accountId}:role/${name}`;
      permissions.putRole(name, roleArn, machine.statements);
      checkMachineRole(machine, deployment, permissions.roleIdentity(roleArn, 'states'), permissions);
      if (machine.tracing) traced.set(`arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`, roleArn);
      const made = { now: clock.now(), requestId: randomUuid(random) };
      const call = innerCall('states:CreateStateMachine', deployment, roleArn, made);
      void stepFunctions.service.operations['CreateStateMachine']?.(
        { name, definition: machine.definition, roleArn },
        call,
      );
    }
  }

  return { ...stepFunctions, traces, deploy };
}
