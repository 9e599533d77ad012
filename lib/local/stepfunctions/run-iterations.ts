import { ChildScopes, noteAborted } from './child-scopes.ts';
import type { MapState } from './definition.ts';
import { evaluateTemplate } from './evaluate.ts';
import { newJournal, type Children, type Journal } from './journal.ts';
import type { Json } from './json.ts';
import { runScope } from './run-scope.ts';
import { siteOf, type MapItem, type Scope, type Visit } from './scope.ts';

// An inline Map runs up to 40 iterations at once, whatever MaxConcurrency says (developer guide: Map in Inline mode).
const INLINE_CONCURRENCY = 40;

async function journalOf(visit: Visit<MapState>, children: Children, mapItem: MapItem): Promise<Journal> {
  const known = children.journals[mapItem.index];
  if (known) return known;
  const selector = visit.state.ItemSelector;
  const input =
    selector === undefined
      ? mapItem.value
      : await evaluateTemplate(selector, 'ItemSelector', siteOf(visit, { mapItem }));
  const journal = newJournal(input);
  children.journals[mapItem.index] = journal;
  return journal;
}

/** Runs all iterations that have not ended, `concurrency` at a time, and gives the outputs of all, in the order of the items. */
export async function runIterations(visit: Visit<MapState>, children: Children, concurrency: number): Promise<Json[]> {
  const { thread } = visit.scope;
  const { name, state } = visit;
  const items = children.items ?? [];
  const group = new ChildScopes(visit);
  const started = thread.previous;
  const waiting = items.map((_, index) => index).filter((index) => !children.journals[index]?.output);
  const indexOf = (child: Scope) => child.mapItem?.index ?? 0;

  function fail(failed: Scope): void {
    noteAborted(failed);
    failed.thread.note('MapIterationFailed', { mapIterationFailedEventDetails: { name, index: indexOf(failed) } });
    group.running.delete(failed);
    for (const other of group.running) {
      noteAborted(other);
      other.thread.note('MapIterationAborted', { mapIterationAbortedEventDetails: { name, index: indexOf(other) } });
    }
    thread.previous = failed.thread.previous;
  }

  /** Gives the iteration's last event but `MapIterationSucceeded`: the one that the next iteration in its place points at (recorded). */
  async function iterate(index: number, previous: number): Promise<number> {
    const mapItem = { index, value: items[index] as Json };
    let child: Scope | undefined;
    try {
      const journal = await journalOf(visit, children, mapItem);
      group.cancellation.check();
      child = group.open(state.ItemProcessor, journal, previous, mapItem);
      child.thread.add('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
      await runScope(child);
      group.running.delete(child);
      thread.previous = child.thread.note('MapIterationSucceeded', {
        mapIterationSucceededEventDetails: { name, index },
      });
      return child.thread.previous;
    } catch (thrown) {
      group.cancellation.check();
      if (child) fail(child);
      group.release();
      throw thrown;
    }
  }

  async function iterateWhileAnyWait(): Promise<void> {
    let previous = started;
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      previous = await iterate(index, previous);
    }
  }

  try {
    const places = Math.min(concurrency || INLINE_CONCURRENCY, INLINE_CONCURRENCY, waiting.length);
    await Promise.all(Array.from({ length: places }, () => iterateWhileAnyWait()));
  } finally {
    group.release();
  }
  return children.journals.map((journal) => journal?.output?.value as Json);
}
