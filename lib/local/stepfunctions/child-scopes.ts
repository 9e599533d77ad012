import { Cancellation } from './cancellation.ts';
import type { StateGraph } from './definition.ts';
import { StateFailure } from './failure.ts';
import { Thread } from './history.ts';
import type { Journal } from './journal.ts';
import { visibleVariables, type MapItem, type Scope, type Visit } from './scope.ts';

/** The branches or iterations of one state, run together: when one fails, the others are called off. */
export class ChildScopes {
  readonly cancellation: Cancellation;
  readonly running = new Set<Scope>();
  readonly #visit: Visit;

  constructor(visit: Visit) {
    this.#visit = visit;
    this.cancellation = new Cancellation(visit.scope.cancellation);
  }

  /** A child that begins, or goes on from its journal, with `previous` as the event that its first one points at. */
  open(graph: StateGraph, journal: Journal, previous: number, mapItem?: MapItem): Scope {
    const { scope } = this.#visit;
    const cancellation = this.cancellation;
    const item = mapItem ?? scope.mapItem;
    const child: Scope = {
      world: scope.world,
      execution: scope.execution,
      graph,
      journal,
      thread: new Thread(scope.execution.history, previous, () => cancellation.check()),
      cancellation,
      outerVariables: visibleVariables(scope),
      ...(item === undefined ? {} : { mapItem: item }),
      run: scope.run,
    };
    this.running.add(child);
    return child;
  }

  /** Ends the group. */
  release(): void {
    this.cancellation.cancel();
    this.running.clear();
  }
}

/** Tells history that a child is left in the middle of a state. Recorded for the failed Task itself; a Pass or Choice leaves no trace. */
export function noteAborted(child: Scope): void {
  const { visit } = child;
  if (!visit || visit.closed) return;
  visit.closed = true;
  const { type } = visit;
  if (type === 'Task' || type === 'Wait' || type === 'Map' || type === 'Parallel') {
    child.thread.note(`${type}StateAborted`);
  }
}

/**
 * Whether a redrive has to run all children again, not only those that failed or were aborted (developer guide: redrive,
 * States.DataLimitExceeded).
 */
export const spoilsChildren = (thrown: unknown): boolean =>
  thrown instanceof StateFailure && thrown.error === 'States.DataLimitExceeded';
