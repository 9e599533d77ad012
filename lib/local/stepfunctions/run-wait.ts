import { completeState } from './complete-state.ts';
import type { WaitState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { aString, waitSeconds } from './expected-types.ts';
import { EvaluationFailure } from './failure.ts';
import { longPause } from './long-pause.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';
import { parseTimestamp } from './timestamp.ts';

/** The moment until which the state waits. A redrive counts `Seconds` anew. */
async function wakeTime(visit: Visit, state: WaitState): Promise<number> {
  const site = siteOf(visit);
  if (state.Timestamp === undefined) {
    const length = await evaluateTyped(state.Seconds ?? 0, 'Seconds', site, waitSeconds);
    return visit.scope.world.clock.now() + Math.trunc(length) * 1000;
  }
  const text = await evaluateTyped(state.Timestamp, 'Timestamp', site, aString);
  const moment = parseTimestamp(text);
  if (moment !== undefined) return moment;
  const problem = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;
  throw new EvaluationFailure(site.describe(problem), 'Timestamp');
}

/** Runs a Wait. */
export async function runWait(visit: Visit, state: WaitState): Promise<Transition> {
  const { world, cancellation } = visit.scope;
  const left = (await wakeTime(visit, state)) - world.clock.now();
  if (left > 0) await cancellation.until(longPause(world.clock, left));
  return completeState(visit, { ending: state, otherwise: visit.input, next: state.Next });
}
