import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Clients } from './clients.ts';

/** What a person starts. */
export interface ToStart {
  readonly stateMachineArn: string;
  /** The same name is started once in 90 days (Step Functions API reference, StartExecution). */
  readonly name: string;
  /** JSON text. */
  readonly input: string;
}

/** An execution that was started now or before. */
export interface Started {
  readonly executionArn: string;
  readonly isNew: boolean;
}

/** Starts an execution, or finds it started under its name. */
export async function startOnce(clients: Clients, { stateMachineArn, name, input }: ToStart): Promise<Started> {
  try {
    const command = new StartExecutionCommand({ stateMachineArn, name, input });
    const { executionArn = '' } = await clients.stepFunctions().send(command);
    return { executionArn, isNew: true };
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
    return { executionArn: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`, isNew: false };
  }
}
