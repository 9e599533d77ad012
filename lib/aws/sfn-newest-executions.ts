import { type ExecutionListItem, type ExecutionStatus, paginateListExecutions } from '@aws-sdk/client-sfn';
import type { Clients } from './clients.ts';

/** A state machine's executions, those first that started last, page by page as they are asked for. */
export async function* newestFirst(
  clients: Clients,
  stateMachineArn: string,
  statusFilter?: ExecutionStatus,
): AsyncGenerator<ExecutionListItem> {
  const wanted = { stateMachineArn, ...(statusFilter && { statusFilter }) };
  for await (const { executions = [] } of paginateListExecutions({ client: clients.stepFunctions() }, wanted)) {
    yield* executions;
  }
}
