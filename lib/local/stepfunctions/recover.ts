import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Random } from '../../runtime.ts';
import { completeState } from './complete-state.ts';
import type { RecoverableState, Retrier } from './definition.ts';
import { errorMatches, errorOutput, EvaluationFailure, StateFailure } from './failure.ts';
import { longPause } from './long-pause.ts';
import { noteEvaluationFailure } from './note-evaluation-failure.ts';
import type { Transition, Visit } from './scope.ts';

/** How long to wait before attempt number `attempt` of a retrier (1 is its first), in milliseconds. */
export function retryDelayMs(retrier: Retrier, attempt: number, random: Random): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, JitterStrategy = 'NONE' } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** (attempt - 1), MaxDelaySeconds);
  // FULL: anything from 0 to the delay (developer guide: Retry; the cap comes first).
  return (JitterStrategy === 'FULL' ? random() * seconds : seconds) * 1000;
}

async function waitForRetry(
  visit: Visit,
  state: RecoverableState,
  failure: StateFailure,
  attempts: number[],
): Promise<boolean> {
  const { world, cancellation } = visit.scope;
  const retriers = state.Retry ?? [];
  const index = retriers.findIndex((retrier) => errorMatches(retrier.ErrorEquals, failure));
  const retrier = retriers[index];
  if (!retrier) return false;
  const attempt = (attempts[index] ?? 0) + 1;
  // An exhausted retrier is not passed over for a later one that matches too: the first match decides.
  if (attempt > (retrier.MaxAttempts ?? 3)) return false;
  attempts[index] = attempt;
  visit.retryCount++;
  await cancellation.until(longPause(world.clock, retryDelayMs(retrier, attempt, world.random)));
  return true;
}

async function catchFailure(
  visit: Visit,
  state: RecoverableState,
  failure: StateFailure,
): Promise<Transition | undefined> {
  const catchers = state.Catch ?? [];
  const index = catchers.findIndex((catcher) => errorMatches(catcher.ErrorEquals, failure));
  const catcher = catchers[index];
  if (!catcher) return undefined;
  const output = errorOutput(failure);
  return completeState(visit, {
    ending: catcher,
    at: `Catch[${index}]/`,
    sight: { errorOutput: output },
    otherwise: output,
    next: catcher.Next,
  });
}

/**
 * Runs a state with its Retry and Catch. Each retrier counts its own attempts. `failedEvent` is what history gets once no retry is
 * left, caught or not.
 */
export async function recover(
  visit: Visit,
  state: RecoverableState,
  run: () => Promise<Transition>,
  failedEvent?: HistoryEventType,
): Promise<Transition> {
  const attempts: number[] = [];
  for (;;) {
    try {
      return await run();
    } catch (thrown) {
      if (!(thrown instanceof StateFailure)) throw thrown;
      if (thrown instanceof EvaluationFailure) noteEvaluationFailure(visit, thrown);
      if (await waitForRetry(visit, state, thrown, attempts)) continue;
      if (failedEvent) {
        visit.scope.thread.add(failedEvent);
        visit.closed = true;
      }
      const caught = await catchFailure(visit, state, thrown);
      if (!caught) throw thrown;
      return caught;
    }
  }
}
