import type { MachineRevision } from './execution.ts';

/** A state machine: its name and ARN stay, what it is made of changes with each update. */
export interface StateMachine {
  revision: MachineRevision;
  readonly createdMs: number;
  status: 'ACTIVE' | 'DELETING';
}

/** What Step Functions answers for logging and tracing, neither of which is emulated. */
export const unloggedAndUntraced = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
} as const;
