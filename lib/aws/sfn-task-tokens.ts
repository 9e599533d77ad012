import { InvalidToken, SendTaskSuccessCommand, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import type { TaskTokens } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `taskTokens`. */
export const SFN_TASK_TOKENS_ACTIONS = ['states:SendTaskSuccess'] as const;

/** Ends the waits of executions in Step Functions. */
export function sfnTaskTokens(clients: Clients): TaskTokens {
  return {
    succeed: (taskToken, output) =>
      unlessTooLate('states:SendTaskSuccess', () =>
        clients.stepFunctions().send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      ),
  };
}

/** A token that was used, or whose task or execution ended, is refused as one of these (Step Functions API reference). */
function unlessTooLate(action: string, call: () => Promise<unknown>): Promise<'sent' | 'too-late'> {
  return nameErrors(action, async () => {
    try {
      await call();
      return 'sent';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
        return 'too-late';
      throw error;
    }
  });
}
