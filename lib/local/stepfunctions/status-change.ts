import type { Execution } from './execution.ts';
import type { StatusChange, World } from './world.ts';

/** Tells of an execution's new status, in the detail of EventBridge's `Step Functions Execution Status Change`. */
export function tellStatus(world: World, execution: Execution): void {
  const { machine } = execution;
  const change: StatusChange = {
    executionArn: execution.arn,
    stateMachineArn: machine.arn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name: execution.name,
    status: execution.status,
    startDate: execution.startMs,
    stopDate: execution.stopMs ?? null,
    input: execution.inputText,
    inputDetails: { included: true },
    output: execution.outputText ?? null,
    outputDetails: execution.outputText === undefined ? null : { included: true },
    error: execution.error ?? null,
    cause: execution.cause ?? null,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redriveMs ?? null,
    redriveStatus: null,
    redriveStatusReason: null,
  };
  world.onStatusChange(change);
}
