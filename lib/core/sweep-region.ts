import * as v from 'valibot';
import { IsoTime, Place, SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';
import { sweepCluster } from './sweep-cluster.ts';
import { followUpOrphans } from './sweep-orphans.ts';
import type { OrphanPorts } from './follow-up-orphan.ts';
import type { Ports } from './ports.ts';
import { sweepJournals } from './sweep-journals.ts';
import { rebindStale } from './sweep-rebinds.ts';
import { countVerdicts, orTell, SweepTotals, tallyFrom, tellNotSearched } from './sweep-tally.ts';
import { openSweepWorld } from './sweep-world.ts';
import type { SweepPorts } from './sweep-world.ts';

/** Which place to sweep, from which cluster on, and what the calls before this one have seen. */
export const SweepRegionInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  place: Place,
  /** The first cluster to look at, by name; null at the beginning. */
  cursor: v.nullable(v.string()),
  soFar: v.nullable(SweepTotals),
  /** The execution that sweeps the place. */
  executionArn: v.string(),
  now: IsoTime,
});
export type SweepRegionInput = v.InferOutput<typeof SweepRegionInput>;

/** What was seen so far, and where to go on. */
export interface SweepRegionOutput {
  readonly schemaVersion: 1;
  readonly place: Place;
  readonly more: boolean;
  readonly cursor: string | null;
  readonly totals: SweepTotals;
}

// A call of Lambda lasts 15 minutes at most. At the limiter's rates a thousand calls take under two; the last cluster may
// have a few thousand entries more. Calls are counted, not minutes: a sweep that is run again stops at the same places.
const MOST_CALLS = 1000;

/** Sweeps a region of an account, or as much of it as one call may: open journals first, then its clusters in the order of their names. */
export async function sweepRegion(
  { place, cursor, soFar, executionArn, now }: SweepRegionInput,
  ports: SweepPorts & OrphanPorts & Pick<Ports, 'metrics'>,
): Promise<SweepRegionOutput> {
  const world = await openSweepWorld(ports, place.accountId);
  const tally = tallyFrom(soFar);
  const sweep = { place, now, executionArn, world, tally };
  const open = cursor === null ? await sweepJournals(sweep) : undefined;

  const clusterNames = (await ports.clusters.list(place)).filter((name) => name >= (cursor ?? '')).toSorted();
  const stale: EntryRef[] = [];
  const orphaned: EntryRef[] = [];
  const waits = [0];
  let next: string | null = null;
  for (const clusterName of clusterNames) {
    if (world.calls() >= MOST_CALLS) {
      next = clusterName;
      break;
    }
    const seen = await orTell(tally, { ...place, clusterName }, () => sweepCluster(place, clusterName, world, now));
    countVerdicts(tally, seen?.verdicts ?? []);
    stale.push(...(seen?.stale ?? []));
    orphaned.push(...(seen?.orphaned ?? []));
    waits.push(seen?.waitSeconds ?? 0);
    if (seen?.passedOver) tellNotSearched(tally, { ...place, clusterName, reason: seen.passedOver, mustSearch: false });
  }
  await rebindStale(stale, sweep);
  await followUpOrphans(orphaned, sweep, ports);
  ports.metrics.record({
    // Zero, too: an alarm knows then that somebody looked. What the calls before this one saw they recorded themselves.
    AccessEntryValidationErrors: invalidIn(tally) - invalidIn(soFar),
    SecondsWaiting: Math.max(...waits),
    ...(open !== undefined && { OpenJournals: open }),
  });
  return { schemaVersion: SCHEMA_VERSION, place, more: next !== null, cursor: next, totals: tally };
}

/** Entries of which somebody's access doesn't work. */
function invalidIn(tally: SweepTotals | null): number {
  return tally ? tally.counts.stale + tally.counts.missing : 0;
}
