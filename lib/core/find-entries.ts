import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { searchPlace } from './search-cluster.ts';
import { IsoTime, Place, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { FoundEntries } from './shapes.ts';

/** Which place to search, for which principal. */
export const FindEntriesInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  place: Place,
  principal: Principal,
  now: IsoTime,
});
export type FindEntriesInput = v.InferOutput<typeof FindEntriesInput>;

/** Finds the entries of one place that name the principal, and says which clusters could not be searched. */
export async function findEntries(
  { place, principal }: FindEntriesInput,
  ports: Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>,
): Promise<FoundEntries> {
  const { entries, notSearched } = await searchPlace(place, principal, ports);
  return { schemaVersion: SCHEMA_VERSION, entries: [...entries], notSearched: [...notSearched] };
}
