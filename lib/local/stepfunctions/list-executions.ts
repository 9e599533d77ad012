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

// Texts and their order recorded: sfn_api/state_machine_status_filter.
const statuses = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];
const redriveFilters = ['REDRIVEN', 'NOT_REDRIVEN'];

function checkEnum(member: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  const constraint = `failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}]`;
  throw new AwsFault(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' ${constraint}`,
  );
}

/** A machine's executions, the latest first. */
export function listExecutions(input: ListExecutionsInput, world: World): ListExecutionsOutput {
  const { statusFilter, redriveFilter, mapRunArn, stateMachineArn } = input;
  checkEnum('statusFilter', statusFilter, statuses);
  checkEnum('redriveFilter', redriveFilter, redriveFilters);
  if (mapRunArn !== undefined) {
    throw new AwsFault('ValidationException', "The local AWS does not emulate 'mapRunArn' of ListExecutions");
  }
  const { arn } = findMachine(world, stateMachineArn).revision;
  const ofMachine = [...world.executions.values()]
    .filter((execution) => execution.machine.arn === arn)
    .filter(({ status }) => statusFilter === undefined || status === statusFilter)
    .filter(({ redriveCount }) => redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN'));
  const { items, nextToken } = page(ofMachine.toReversed(), input);
  return { executions: items.map(listItem), ...(nextToken === undefined ? {} : { nextToken }) };
}
