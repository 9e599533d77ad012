import type { Clock } from '../../runtime.ts';
import type { Stage } from './stage.ts';

// CloudTrail's events come within 15 s here, and start an execution at once: a minute without anything new is the end.
const QUIET_SECONDS = 60;
const LOOK_EVERY_SECONDS = 5;
// Each execution is bounded by its state machine's own four hours; two may follow one another.
const AT_MOST_SECONDS = 8 * 3_600;

/** Waits until nothing runs and nothing new has come for a minute. */
export async function untilQuiet(stage: Stage, clock: Clock): Promise<void> {
  let quietSince = clock.now();
  let known = -1;
  const end = clock.now() + AT_MOST_SECONDS * 1_000;
  while (clock.now() < end && clock.now() - quietSince < QUIET_SECONDS * 1_000) {
    await clock.pause(LOOK_EVERY_SECONDS * 1_000);
    const all = await Promise.all(Object.values(stage.stateMachineArns).map((arn) => stage.executions.list(arn)));
    const found = all.flat();
    const isRunning = found.some(({ status }) => status === 'RUNNING');
    const events = stage.aws.events.events.length;
    if (isRunning || found.length + events !== known) quietSince = clock.now();
    known = found.length + events;
  }
}
