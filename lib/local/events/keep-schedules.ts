import type { Clock } from '../../runtime.ts';
import type { Deployment } from '../deployment.ts';
import type { BusState, RuleRef } from './bus-state.ts';
import { intervalOf } from './schedule.ts';

/** What keeping schedules works with. */
interface Kept {
  readonly clock: Clock;
  readonly state: BusState;
  readonly fire: (rule: RuleRef) => unknown;
}

// A timer of the machine's can't be set much further (2^31 ms, 24.8 days).
const LONGEST_REST_MS = 86_400_000;

/** Fires a rule again and again by its schedule, for as long as it has one. The first time is a whole interval from now. */
async function keep(ref: RuleRef, { clock, state, fire }: Kept): Promise<void> {
  // Nobody waits for a schedule: it must keep neither a process alive nor a virtual clock going.
  const rest = (milliseconds: number) => clock.pauseInBackground?.(milliseconds) ?? clock.pause(milliseconds);
  for (let due = clock.now(); ;) {
    const { scheduleExpression } = state.rule(ref) ?? {};
    if (scheduleExpression === undefined) return;
    due += intervalOf(ref.name, scheduleExpression);
    while (clock.now() < due) await rest(Math.min(due - clock.now(), LONGEST_REST_MS));
    const rule = state.rule(ref);
    if (rule?.scheduleExpression !== undefined && rule.state !== 'DISABLED') fire(ref);
  }
}

/** Fires deployed rules by their schedules. What was deployed before goes on, by what it is now. */
export function keepSchedules(kept: Kept): (deployment: Deployment) => void {
  const keeping = new Set<string>();
  return ({ accountId, region, rules }) => {
    for (const [name, { scheduleExpression }] of Object.entries(rules)) {
      const key = `${accountId} ${region} ${name}`;
      if (scheduleExpression === undefined || keeping.has(key)) continue;
      // Said now, not when nobody listens any more.
      intervalOf(name, scheduleExpression);
      keeping.add(key);
      void keep({ accountId, region, name }, kept).finally(() => keeping.delete(key));
    }
  };
}
