import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from './arn.ts';
import { errorAndCause } from './failure.ts';
import { redrivability } from './redrivability.ts';
import type { World } from './world.ts';

const included = { included: true } as const;

/** An execution's state. Members that don't apply are left out, as recorded. */
export function describeExecution(input: DescribeExecutionInput, world: World): DescribeExecutionOutput {
  const execution = findExecution(world, input.executionArn);
  const { status: redriveStatus, reason: redriveStatusReason } = redrivability(execution, world.clock.now());
  const { machine, outputText, stopMs, redriveMs } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: machine.arn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startMs),
    ...(stopMs === undefined ? {} : { stopDate: new Date(stopMs) }),
    ...(input.includedData === 'METADATA_ONLY' ? {} : { input: execution.inputText, inputDetails: included }),
    ...(outputText === undefined || input.includedData === 'METADATA_ONLY'
      ? {}
      : { output: outputText, outputDetails: included }),
    ...errorAndCause(execution),
    redriveCount: execution.redriveCount,
    ...(redriveMs === undefined ? {} : { redriveDate: new Date(redriveMs) }),
    redriveStatus,
    ...(redriveStatusReason === undefined ? {} : { redriveStatusReason }),
  };
}
