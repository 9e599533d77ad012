import { DescribeStateMachineCommand, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import type { Clients } from './clients.ts';

/** Whether there is such a state machine. */
export async function hasStateMachine(clients: Clients, stateMachineArn: string): Promise<boolean> {
  try {
    await clients.stepFunctions().send(new DescribeStateMachineCommand({ stateMachineArn }));
    return true;
  } catch (error) {
    if (error instanceof StateMachineDoesNotExist) return false;
    throw error;
  }
}
