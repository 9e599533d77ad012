import { objectOr, parsed } from '../replay/json-object.ts';
import { type FoundExecution, REDRIVEN_STATUSES, type ShownExecution } from './shown-execution.ts';

/** What is to be done about an execution. */
export interface PlannedRedrive {
  readonly execution: ShownExecution;
  /**
   * `redrive`: it goes on from the step that failed. `start-again`: the same input once more, in an execution of its own.
   * `sweep`: the region of its entry is swept, which gives the entry a new attempt. `none`: there is nothing to do.
   */
  readonly action: 'redrive' | 'start-again' | 'sweep' | 'none';
  readonly why: string;
  /** What the state machine is started with; absent for `redrive` and `none`. */
  readonly input?: string;
}

/**
 * Plans for one execution. AWS lets a failed execution be redriven for 14 days, and with room in its history. After that a
 * rebind gets its new attempt from StartRebinds alone, which holds the ledger's lock (lib/core/allocate-attempt.ts): a sweep
 * of the entry's region asks it to, if the entry still is stale. `role-changed` and `sweep` look at what is so now, so that
 * they are simply started again.
 */
export function planRedrive({ shown, input }: FoundExecution): PlannedRedrive {
  const { machine, status, outcome, notRedrivable, redrivableUntil } = shown;
  if (!REDRIVEN_STATUSES.some((one) => one === status)) {
    const ended = outcome === undefined ? status : `${status} with ${outcome}`;
    return { execution: shown, action: 'none', why: `it is ${ended}: only what failed is redriven` };
  }
  if (notRedrivable === undefined) {
    return {
      execution: shown,
      action: 'redrive',
      why: `it goes on from the step that failed, until ${redrivableUntil}`,
    };
  }
  const why = `AWS lets nobody redrive it any more (${notRedrivable})`;
  if (machine !== 'rebind-entry') {
    return { execution: shown, action: 'start-again', why: `${why}: started again with the same input`, input };
  }
  const place = placeOf(input);
  if (!place) return { execution: shown, action: 'none', why: `${why}, and its input names no entry` };
  return {
    execution: shown,
    action: 'sweep',
    why: `${why}: a sweep of ${place.region} gives its entry a new attempt, if it still is stale`,
    input: JSON.stringify({ schemaVersion: 1, place }),
  };
}

function placeOf(input: string): { readonly accountId: string; readonly region: string } | undefined {
  const { accountId, region } = objectOr(parsed(input)['entry']);
  return typeof accountId === 'string' && typeof region === 'string' ? { accountId, region } : undefined;
}
