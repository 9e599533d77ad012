import type { RedriveExecutionInput, RedriveExecutionOutput } from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';
import { findExecution } from './arn.ts';
import { newAttempt, type Execution } from './execution.ts';
import { redrivability } from './redrivability.ts';
import { run } from './run-execution.ts';
import type { World } from './world.ts';

// The last ten tokens count for 15 minutes (client-sfn, RedriveExecution `clientToken`).
const TOKEN_MS = 15 * 60_000;
const TOKENS = 10;

/** The moment of an earlier redrive with this token, if it still counts. */
function redrivenBefore(execution: Execution, token: string | undefined, now: number): number | undefined {
  if (token === undefined) return undefined;
  const recent = [...execution.redriveTokens].slice(-TOKENS).find(([known]) => known === token);
  return recent && now - recent[1] < TOKEN_MS ? recent[1] : undefined;
}

/** Takes an execution up again at the states that failed or were aborted. */
export function redriveExecution(input: RedriveExecutionInput, world: World): RedriveExecutionOutput {
  const execution = findExecution(world, input.executionArn);
  const now = world.clock.now();
  const before = redrivenBefore(execution, input.clientToken, now);
  if (before !== undefined) return { redriveDate: new Date(before) };
  const { status, reason } = redrivability(execution, now);
  if (status !== 'REDRIVABLE') throw new AwsFault('ExecutionNotRedrivable', reason ?? 'Execution cannot be redriven');
  execution.redriveCount++;
  execution.redriveMs = now;
  if (input.clientToken !== undefined) execution.redriveTokens.set(input.clientToken, now);
  execution.status = 'RUNNING';
  delete execution.stopMs;
  delete execution.error;
  delete execution.cause;
  execution.attempt = newAttempt();
  const event = execution.history.addEnd('ExecutionRedriven', execution.history.events.length, {
    executionRedrivenEventDetails: { redriveCount: execution.redriveCount },
  });
  run(world, execution, event);
  return { redriveDate: new Date(now) };
}
