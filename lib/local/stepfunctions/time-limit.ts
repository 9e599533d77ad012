import type { Clock } from '../../runtime.ts';
import { StateFailure } from './failure.ts';
import { longPause } from './long-pause.ts';

/** A task took too long. Recorded: `States.Timeout` without a cause, for a missed heartbeat too. */
export class TaskTimeout extends StateFailure {
  constructor(alias?: string) {
    super('States.Timeout', undefined, { task: true, ...(alias === undefined ? {} : { alias }) });
  }
}

/** Waits for a task, but no longer than its `TimeoutSeconds`. */
export function withinTime<T>(clock: Clock, timeoutSeconds: number | undefined, work: Promise<T>): Promise<T> {
  if (timeoutSeconds === undefined) return work;
  const late = longPause(clock, timeoutSeconds * 1000).then(() => Promise.reject(new TaskTimeout()));
  late.catch(() => {});
  return Promise.race([work, late]);
}
