import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from './arn.ts';
import { errorAndCause } from './failure.ts';
import { endExecution } from './run-execution.ts';
import type { World } from './world.ts';

/** Stops an execution; one that has ended stays as it is. */
export function stopExecution(input: StopExecutionInput, world: World): StopExecutionOutput {
  const execution = findExecution(world, input.executionArn);
  if (execution.status === 'RUNNING') endExecution(world, execution, 'ABORTED', errorAndCause(input));
  return { stopDate: new Date(execution.stopMs ?? world.clock.now()) };
}
