import { ChildScopes, noteAborted } from './child-scopes.ts';
import type { MapState } from './definition.ts';
import { evaluateTemplate } from './evaluate.ts';
import { newJournal, type Iteration, type Iterations, type Journal } from './journal.ts';
import type { Json } from './json.ts';
import { present } from './present.ts';
import { siteOf, type MapItem, type Scope, type Visit } from './scope.ts';

// An inline Map runs up to 40 iterations at once, whatever MaxConcurrency says (developer guide: Map in Inline mode).
const INLINE_CONCURRENCY = 40;

async function begin(visit: Visit, state: MapState, iteration: Iteration, mapItem: MapItem): Promise<Journal> {
  const selector = state.ItemSelector;
  const site = siteOf(visit, { mapItem });
  const input = selector === undefined ? iteration.item : await evaluateTemplate(selector, 'ItemSelector', site);
  return newJournal(input);
}

const indexOf = (child: Scope): number => present(child.mapItem).index;

/** Tells history that an iteration failed, which aborts all others. */
function noteFailure(visit: Visit, group: ChildScopes, failed: Scope): void {
  const { name } = visit;
  noteAborted(failed);
  failed.thread.note('MapIterationFailed', { mapIterationFailedEventDetails: { name, index: indexOf(failed) } });
  group.running.delete(failed);
  for (const other of group.running) {
    noteAborted(other);
    other.thread.note('MapIterationAborted', { mapIterationAbortedEventDetails: { name, index: indexOf(other) } });
  }
  visit.scope.thread.previous = failed.thread.previous;
}

/** Runs all iterations that have not ended, `concurrency` at a time, and gives the outputs of all, in the order of the items. */
export async function runIterations(
  visit: Visit,
  state: MapState,
  iterations: Iterations,
  concurrency: number,
): Promise<Json[]> {
  const { scope, name } = visit;
  const group = new ChildScopes(visit);
  const started = scope.thread.previous;
  const waiting = [...iterations.entries()].filter(([, { journal }]) => !journal?.output);

  /** Gives the iteration's last event but `MapIterationSucceeded`: the one that the next iteration in its place points at (recorded). */
  async function iterate(index: number, iteration: Iteration, previous: number): Promise<number> {
    const mapItem = { index, value: iteration.item };
    let child: Scope | undefined;
    try {
      iteration.journal ??= await begin(visit, state, iteration, mapItem);
      group.cancellation.check();
      child = group.open(state.ItemProcessor, iteration.journal, previous, mapItem);
      child.thread.add('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
      await scope.run(child);
      group.running.delete(child);
      scope.thread.previous = child.thread.note('MapIterationSucceeded', {
        mapIterationSucceededEventDetails: { name, index },
      });
      return child.thread.previous;
    } catch (thrown) {
      group.cancellation.check();
      if (child) noteFailure(visit, group, child);
      group.release();
      throw thrown;
    }
  }

  async function iterateWhileAnyWait(): Promise<void> {
    let previous = started;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      previous = await iterate(...next, previous);
    }
  }

  try {
    const places = Math.min(concurrency || INLINE_CONCURRENCY, INLINE_CONCURRENCY, waiting.length);
    await Promise.all(Array.from({ length: places }, () => iterateWhileAnyWait()));
  } finally {
    group.release();
  }
  return iterations.map(({ journal }) => present(present(journal).output).value);
}
