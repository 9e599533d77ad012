import { present } from '../../lib/local/stepfunctions/present.ts';
import type { RecordedEvent } from './case.ts';

const endsOfParallel = new Set([
  'ParallelStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateExited',
  'ParallelStateFailed',
]);

/**
 * Leaves out of our history what the recording lost where `ignoredFields` names "order of events inside Parallel": there the events
 * between a Parallel's start and its end were sorted, which swallowed those between one end event and the next (`ParallelStateSucceeded`
 * before `ParallelStateExited`), and their ids were set to `[0]`.
 */
export function asRecordedInParallel(events: readonly RecordedEvent[]): RecordedEvent[] {
  const kept = [...events];
  let start: number | undefined;
  let inside: RecordedEvent[] = [];
  let collecting = false;
  for (let index = 0; index < kept.length; index++) {
    const event = present(kept[index]);
    if (event.type === 'ParallelStateStarted') {
      [start, inside, collecting] = [index + 1, [], true];
    } else if (endsOfParallel.has(event.type) && start !== undefined) {
      kept.splice(start, index - start, ...inside);
      collecting = false;
    } else if (collecting) {
      const unnumbered = { ...event, id: [0], previousEventId: 0 };
      kept[index] = unnumbered;
      inside.push(unnumbered);
    }
  }
  return kept;
}
