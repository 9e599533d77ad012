import * as v from 'valibot';
import { RegionNotSearched } from './errors.ts';
import type { Ports } from './ports.ts';
import { reasonOf, searchCluster, searchRegion } from './search-cluster.ts';
import type { Found } from './search-cluster.ts';
import { NotSearched, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { FoundEntries } from './shapes.ts';

/** Where the first search failed, and for which principal. */
export const FindMissedEntriesInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  missed: v.array(NotSearched),
});
export type FindMissedEntriesInput = v.InferOutput<typeof FindMissedEntriesInput>;

/**
 * Searches just where the first search failed. What still can't be searched fails the run, named, since an entry may hide
 * there: a redrive comes back to this very step.
 */
export async function findMissedEntries(
  { principal, missed }: FindMissedEntriesInput,
  ports: Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>,
): Promise<FoundEntries> {
  const found: Found[] = [];
  for (const { region, clusterName, mustSearch } of missed) {
    if (!mustSearch) continue;
    try {
      const search = clusterName
        ? searchCluster(region, clusterName, principal, ports)
        : searchRegion(region, principal, ports);
      found.push(await search);
    } catch (error) {
      found.push({ entries: [], notSearched: [{ region, clusterName, reason: reasonOf(error), mustSearch }] });
    }
  }
  const notSearched = found.flatMap((one) => one.notSearched);
  const stillMissed = notSearched.filter(({ mustSearch }) => mustSearch);
  if (stillMissed.length > 0) {
    const places = stillMissed.map(({ region, clusterName, reason }) =>
      clusterName ? `cluster '${clusterName}' in ${region} (${reason})` : `${region} (${reason})`,
    );
    throw new RegionNotSearched(
      `entries of '${principal.name}' may hide in ${places.join(', ')}; redrive to search just there`,
    );
  }
  return { schemaVersion: SCHEMA_VERSION, entries: found.flatMap(({ entries }) => entries), notSearched };
}
