import type { Call, LocalService, Operation } from '../call.ts';
import { createStateMachine } from './create-state-machine.ts';
import { deleteStateMachine } from './delete-state-machine.ts';
import { describeExecution } from './describe-execution.ts';
import { describeStateMachine, describeStateMachineForExecution } from './describe-state-machine.ts';
import { getExecutionHistory } from './get-execution-history.ts';
import { listExecutions } from './list-executions.ts';
import { listStateMachines } from './list-state-machines.ts';
import { redriveExecution } from './redrive-execution.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './send-task.ts';
import { startExecution } from './start-execution.ts';
import { stopExecution } from './stop-execution.ts';
import { updateStateMachine } from './update-state-machine.ts';
import { validateStateMachineDefinition } from './validate-state-machine-definition.ts';
import { createWorld, type StepFunctionsOptions } from './create-world.ts';
import { present } from './present.ts';
import type { World } from './world.ts';

/** Every operation that is emulated, by its name. */
export const operations = {
  CreateStateMachine: createStateMachine,
  UpdateStateMachine: updateStateMachine,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  ListStateMachines: listStateMachines,
  DeleteStateMachine: deleteStateMachine,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
  StartExecution: startExecution,
  DescribeExecution: describeExecution,
  ListExecutions: listExecutions,
  StopExecution: stopExecution,
  GetExecutionHistory: getExecutionHistory,
  RedriveExecution: redriveExecution,
  SendTaskSuccess: sendTaskSuccess,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
} as const;

/** The local Step Functions. */
export interface LocalStepFunctions {
  readonly service: LocalService;
  /** Its machines, executions and tokens, as plain data. */
  readonly world: World;
  /** Starts an execution as a rule of the event bus does: named by AWS, with any JSON text as input. Gives its ARN. */
  startExecution(stateMachineArn: string, input: string): string;
}

/** A local Step Functions without state machines. */
export function createStepFunctions(options: StepFunctionsOptions): LocalStepFunctions {
  const world = createWorld(options);
  // oxlint-disable-next-line typescript/no-explicit-any -- each operation takes its own input, by the SDK's type
  const bind = (operate: (input: any, world: World, call: Call) => object): Operation => {
    return (input, call) => operate(input, world, call);
  };
  const bound = Object.entries(operations).map(([name, operate]) => [name, bind(operate)] as const);
  return {
    service: { signingName: 'states', operations: Object.fromEntries(bound) },
    world,
    startExecution: (stateMachineArn, input) => present(startExecution({ stateMachineArn, input }, world).executionArn),
  };
}
