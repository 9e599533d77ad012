import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListExecutions,
  RedriveExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Clients } from './clients.ts';

/** What a person sees and does in the Step Functions console. */
export interface Executions {
  /** All executions of a state machine, oldest first. */
  list(stateMachineArn: string): Promise<ExecutionListItem[]>;
  describe(executionArn: string): Promise<DescribeExecutionOutput>;
  /** The same; undefined where there is no such execution. */
  find(executionArn: string): Promise<DescribeExecutionOutput | undefined>;
  history(executionArn: string): Promise<HistoryEvent[]>;
  /** The name of the state that it entered last; undefined where its latest events don't tell. */
  latestState(executionArn: string): Promise<string | undefined>;
  redrive(executionArn: string): Promise<void>;
}

/** Reads and redrives executions in Step Functions. */
export function sfnExecutions(clients: Clients): Executions {
  return {
    async list(stateMachineArn) {
      const found: ExecutionListItem[] = [];
      const pages = paginateListExecutions({ client: clients.stepFunctions() }, { stateMachineArn });
      for await (const { executions = [] } of pages) found.push(...executions);
      return found.toReversed();
    },
    describe: (executionArn) => clients.stepFunctions().send(new DescribeExecutionCommand({ executionArn })),
    async find(executionArn) {
      try {
        return await clients.stepFunctions().send(new DescribeExecutionCommand({ executionArn }));
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    async history(executionArn) {
      const found: HistoryEvent[] = [];
      const pages = paginateGetExecutionHistory({ client: clients.stepFunctions() }, { executionArn });
      for await (const { events = [] } of pages) found.push(...events);
      return found;
    },
    async latestState(executionArn) {
      // Entering, scheduling, starting and submitting a Task are four events; retries add three each.
      const latest = { executionArn, reverseOrder: true, includeExecutionData: false, maxResults: 100 };
      const { events = [] } = await clients.stepFunctions().send(new GetExecutionHistoryCommand(latest));
      return events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails?.name;
    },
    async redrive(executionArn) {
      await clients.stepFunctions().send(new RedriveExecutionCommand({ executionArn }));
    },
  };
}
