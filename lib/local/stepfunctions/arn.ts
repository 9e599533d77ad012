import { AwsFault } from '../call.ts';
import type { Execution } from './execution.ts';
import type { StateMachine } from './state-machine.ts';
import type { World } from './world.ts';

/** The kinds of ARN that operations take. */
export type ArnKind = 'stateMachine' | 'execution' | 'express';

const invalidArn = (problem: string) => new AwsFault('InvalidArn', `Invalid Arn: '${problem}'`);

/** Throws `InvalidArn` unless the text is an ARN of Step Functions of one of these kinds. */
export function checkArn(arn: string, ...kinds: ArnKind[]): void {
  // The first text is recorded (sfn_api/describe_invalid_arn_sm), the others are in the same manner.
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service, , , kind = '', name] = arn.split(':');
  if (service !== 'states' || !name) throw invalidArn(`Invalid ARN: ${arn}`);
  if (!kinds.some((known) => known === kind)) throw invalidArn(`Resource type not valid in this context: ${kind}`);
}

/** The state machine of that ARN. */
export function findMachine(world: World, arn = ''): StateMachine {
  checkArn(arn, 'stateMachine');
  const machine = world.machines.get(arn);
  if (!machine) throw new AwsFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** The execution of that ARN. */
export function findExecution(world: World, arn = ''): Execution {
  checkArn(arn, 'execution', 'express');
  const execution = world.executions.get(arn);
  if (!execution) throw new AwsFault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

/** The ARN of an execution of that name. */
export const executionArn = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
