import type {
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
} from '@aws-sdk/client-sfn';
import { findExecution, findMachine } from './arn.ts';
import { unloggedAndUntraced } from './state-machine.ts';
import type { World } from './world.ts';

/** A state machine as it is now. */
export function describeStateMachine(input: DescribeStateMachineInput, world: World): DescribeStateMachineOutput {
  const { revision, createdMs, status } = findMachine(world, input.stateMachineArn);
  return {
    stateMachineArn: revision.arn,
    name: revision.name,
    status,
    definition: revision.definitionText,
    roleArn: revision.roleArn,
    type: revision.type,
    creationDate: new Date(createdMs),
    ...unloggedAndUntraced,
    ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
  };
}

/** A state machine as it was when the execution started. */
export function describeStateMachineForExecution(
  input: DescribeStateMachineForExecutionInput,
  world: World,
): DescribeStateMachineForExecutionOutput {
  const { machine } = findExecution(world, input.executionArn);
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    definition: machine.definitionText,
    roleArn: machine.roleArn,
    updateDate: new Date(machine.updatedMs),
    ...unloggedAndUntraced,
    ...(machine.revisionId === undefined ? {} : { revisionId: machine.revisionId }),
  };
}
