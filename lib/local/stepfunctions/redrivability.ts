import type { Execution } from './execution.ts';

// developer guide: redrive. ExecutionRedriven and one more event have to fit below 25,000.
const REDRIVABLE_MS = 14 * 24 * 3_600_000;
const EVENTS_BELOW = 24_999;

/** `redriveStatus` and its reason, as DescribeExecution shows them. */
export interface Redrivability {
  readonly status: 'REDRIVABLE' | 'NOT_REDRIVABLE';
  readonly reason?: string;
}

const not = (reason: string): Redrivability => ({ status: 'NOT_REDRIVABLE', reason });

/** Whether an execution can be redriven now. The reason for a SUCCEEDED one is recorded; the others follow its form. */
export function redrivability(execution: Execution, now: number): Redrivability {
  if (execution.machine.type === 'EXPRESS') return not('Execution of type EXPRESS cannot be redriven');
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
    return not(`Execution is ${execution.status} and cannot be redriven`);
  }
  if (now - (execution.stopMs ?? now) > REDRIVABLE_MS) {
    return not('Execution has exceeded its redrivable period of 14 days and cannot be redriven');
  }
  if (execution.history.events.length >= EVENTS_BELOW) {
    return not('Execution has exceeded the maximum number of history events and cannot be redriven');
  }
  return { status: 'REDRIVABLE' };
}
