import type { DeleteStateMachineInput, DeleteStateMachineOutput } from '@aws-sdk/client-sfn';
import { checkArn } from './arn.ts';
import type { World } from './world.ts';

const executionsOf = (world: World, machineArn: string) =>
  [...world.executions.values()].filter(({ machine }) => machine.arn === machineArn);

/** Removes the machine and its executions once none of them runs any more. */
async function removeWhenIdle(world: World, machineArn: string): Promise<void> {
  const running = executionsOf(world, machineArn).filter(({ status }) => status === 'RUNNING');
  await Promise.all(running.map(({ attempt }) => attempt.ended));
  for (const { arn } of executionsOf(world, machineArn)) world.executions.delete(arn);
  world.machines.delete(machineArn);
}

/** Deletes a state machine; what runs goes on to its end. One that is not there is deleted already (recorded). */
export function deleteStateMachine(input: DeleteStateMachineInput, world: World): DeleteStateMachineOutput {
  const { stateMachineArn: arn = '' } = input;
  checkArn(arn, 'stateMachine');
  const machine = world.machines.get(arn);
  if (machine && machine.status !== 'DELETING') {
    machine.status = 'DELETING';
    void removeWhenIdle(world, arn);
  }
  return {};
}
