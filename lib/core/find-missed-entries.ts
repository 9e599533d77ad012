import * as v from 'valibot';
import { RegionNotSearched } from './errors.ts';
import { placeName } from './places.ts';
import type { Ports } from './ports.ts';
import { reasonOf, searchCluster, searchPlace } from './search-cluster.ts';
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
  for (const { accountId, region, clusterName, mustSearch } of missed) {
    if (!mustSearch) continue;
    const place = { accountId, region };
    try {
      const search = clusterName
        ? searchCluster(place, clusterName, principal, ports)
        : searchPlace(place, principal, ports);
      found.push(await search);
    } catch (error) {
      found.push({ entries: [], notSearched: [{ ...place, clusterName, reason: reasonOf(error), mustSearch }] });
    }
  }
  const notSearched = found.flatMap((one) => one.notSearched);
  const stillMissed = notSearched.filter(({ mustSearch }) => mustSearch);
  if (stillMissed.length > 0) {
    const places = stillMissed.map(({ clusterName, reason, ...place }) =>
      clusterName ? `cluster '${clusterName}' in ${placeName(place)} (${reason})` : `${placeName(place)} (${reason})`,
    );
    throw new RegionNotSearched(
      `entries of '${principal.name}' may hide in ${places.join(', ')}; redrive to search just there`,
    );
  }
  return { schemaVersion: SCHEMA_VERSION, entries: found.flatMap(({ entries }) => entries), notSearched };
}
