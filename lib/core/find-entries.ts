import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { searchRegion } from './search-cluster.ts';
import { IsoTime, Principal, Region, SCHEMA_VERSION } from './shapes.ts';
import type { FoundEntries } from './shapes.ts';

/** Which region to search, for which principal. */
export const FindEntriesInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  region: Region,
  principal: Principal,
  now: IsoTime,
});
export type FindEntriesInput = v.InferOutput<typeof FindEntriesInput>;

/** Finds the entries of one region that name the principal, and says which clusters could not be searched. */
export async function findEntries(
  { region, principal }: FindEntriesInput,
  ports: Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>,
): Promise<FoundEntries> {
  const { entries, notSearched } = await searchRegion(region, principal, ports);
  return { schemaVersion: SCHEMA_VERSION, entries: [...entries], notSearched: [...notSearched] };
}
