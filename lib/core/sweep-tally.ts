import * as v from 'valibot';
import { reasonOf } from './search-cluster.ts';
import { NotSearched } from './shapes.ts';
import type { Place, Verdict } from './shapes.ts';

// What travels is bounded: an execution's state holds 256 KiB, and a region may have hundreds of clusters that all fail alike.
const MOST_TOLD = 50;
const MOST_REASON = 200;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a sweep has seen and done so far. */
export const SweepTotals = v.object({
  counts: v.object({
    stale: count,
    healthy: count,
    unproven: count,
    orphaned: count,
    missing: count,
    unknown: count,
    notApplicable: count,
  }),
  /** Stale entries whose principal's making no event had announced. */
  missedEvents: count,
  /** Rebinds that it started, or that ran already. */
  started: count,
  /** Rebinds that had failed and wait for a redrive. */
  needsRedrive: count,
  /** Where nobody could look, the first fifty of them. */
  notSearched: v.array(NotSearched),
  /** How many places that must be searched were not. */
  failures: count,
});
export type SweepTotals = v.InferOutput<typeof SweepTotals>;

/** The totals so far; from nothing where none are given. */
export function tallyFrom(soFar: SweepTotals | null): SweepTotals {
  if (soFar) return { ...soFar, counts: { ...soFar.counts }, notSearched: [...soFar.notSearched] };
  return {
    counts: { stale: 0, healthy: 0, unproven: 0, orphaned: 0, missing: 0, unknown: 0, notApplicable: 0 },
    missedEvents: 0,
    started: 0,
    needsRedrive: 0,
    notSearched: [],
    failures: 0,
  };
}

/** Counts verdicts. */
export function countVerdicts({ counts }: SweepTotals, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) counts[verdict] += 1;
}

/** Tells of a place where nobody looked. */
export function tellNotSearched(tally: SweepTotals, place: NotSearched): void {
  if (place.mustSearch) tally.failures += 1;
  if (tally.notSearched.length < MOST_TOLD) {
    tally.notSearched.push({ ...place, reason: place.reason.slice(0, MOST_REASON) });
  }
}

/** Does some work; what fails in it is told and stops nothing else. */
export async function orTell<T>(
  tally: SweepTotals,
  { accountId, region, clusterName }: Place & { readonly clusterName: string },
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    tellNotSearched(tally, { accountId, region, clusterName, reason: reasonOf(error), mustSearch: true });
    return undefined;
  }
}
