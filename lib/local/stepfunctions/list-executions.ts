import type { ExecutionListItem, ListExecutionsInput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';
import { findMachine } from './arn.ts';
import type { Execution } from './execution.ts';
import { page } from './paging.ts';
import type { World } from './world.ts';

function listItem(execution: Execution): ExecutionListItem {
  const { stopMs, redriveMs } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startMs),
    ...(stopMs === undefined ? {} : { stopDate: new Date(stopMs) }),
    redriveCount: execution.redriveCount,
    ...(redriveMs === undefined ? {} : { redriveDate: new Date(redriveMs) }),
  };
}

/** A machine's executions, the latest first. */
export function listExecutions(input: ListExecutionsInput, world: World): ListExecutionsOutput {
  const { statusFilter, redriveFilter, mapRunArn, stateMachineArn } = input;
  if (mapRunArn !== undefined) {
    throw new AwsFault('ValidationException', "The local AWS does not emulate 'mapRunArn' of ListExecutions");
  }
  const { arn } = findMachine(world, stateMachineArn as string).revision;
  const executions = [...world.executions.values()]
    .filter((execution) => execution.machine.arn === arn)
    .filter(({ status }) => statusFilter === undefined || status === statusFilter)
    .filter(({ redriveCount }) => redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN'))
    .reverse();
  const { items, nextToken } = page(executions, input);
  return { executions: items.map(listItem), ...(nextToken === undefined ? {} : { nextToken }) };
}
