import { DescribeExecutionCommand, ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Rebinds } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `rebinds`. */
export const SFN_REBINDS_ACTIONS = ['states:StartExecution', 'states:DescribeExecution'] as const;

const FAILED = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Starts executions of `rebind-entry` in Step Functions. */
export function sfnRebinds(clients: Clients, stateMachineArn: string): Rebinds {
  // arn:aws:states:R:A:stateMachine:rebind-entry names executions arn:aws:states:R:A:execution:rebind-entry:NAME.
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    executionArn,

    start: (name, input) =>
      nameErrors('states:StartExecution', async () => {
        try {
          const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
          await clients.stepFunctions().send(command);
          return 'started';
        } catch (error) {
          if (error instanceof ExecutionAlreadyExists) return 'already-exists';
          throw error;
        }
      }),

    describe: (name) =>
      nameErrors('states:DescribeExecution', async () => {
        const command = new DescribeExecutionCommand({ executionArn: executionArn(name) });
        const { status, output, redriveStatus } = await clients.stepFunctions().send(command);
        const outcome = output === undefined ? undefined : outcomeName(output);
        return {
          status: member(status, 'status'),
          ...(outcome === undefined ? {} : { outcome }),
          // After 14 days, or with a full history (Step Functions developer guide, "Redriving executions").
          ...(FAILED.some((one) => one === status) && redriveStatus === 'NOT_REDRIVABLE' && { isRedrivable: false }),
        };
      }),
  };
}

/** The output of `rebind-entry` is its Outcome. */
function outcomeName(output: string): string | undefined {
  const outcome: unknown = JSON.parse(output);
  if (typeof outcome !== 'object' || outcome === null || !('name' in outcome)) return undefined;
  return typeof outcome.name === 'string' ? outcome.name : undefined;
}
