import { completeState } from './complete-state.ts';
import type { WaitState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { EvaluationFailure } from './failure.ts';
import type { Json } from './json.ts';
import { longPause } from './long-pause.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';
import { parseTimestamp } from './timestamp.ts';

const aString = { type: 'string', holds: (value: Json) => typeof value === 'string' } as const;
// The longest wait that the States Language takes is 99,999,999 seconds (developer guide: Wait state).
const seconds = {
  type: 'number',
  holds: (value: Json) => typeof value === 'number' && value >= 0 && value <= 99_999_999,
} as const;

/** The moment until which the state waits. A redrive counts `Seconds` anew. */
async function wakeTime(visit: Visit<WaitState>): Promise<number> {
  const { state } = visit;
  const site = siteOf(visit);
  if (state.Timestamp === undefined) {
    const length = await evaluateTyped<number>(state.Seconds ?? 0, 'Seconds', site, seconds);
    return visit.scope.world.clock.now() + Math.trunc(length) * 1000;
  }
  const text = await evaluateTyped<string>(state.Timestamp, 'Timestamp', site, aString);
  const moment = parseTimestamp(text);
  if (moment !== undefined) return moment;
  const problem = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;
  throw new EvaluationFailure(site.describe(problem), 'Timestamp');
}

/** Runs a Wait. */
export async function runWait(visit: Visit<WaitState>): Promise<Transition> {
  const { world, cancellation } = visit.scope;
  const left = (await wakeTime(visit)) - world.clock.now();
  if (left > 0) await cancellation.until(longPause(world.clock, left));
  return completeState(visit, { ending: visit.state, otherwise: visit.input, next: visit.state.Next });
}
