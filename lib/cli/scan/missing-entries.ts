import { isPastDelete } from '../../core/ledger.ts';
import { isIn } from '../../core/places.ts';
import { scanMissing } from '../../core/scan-entry.ts';
import { type EntryDetails, policyText } from './entry-details.ts';
import type { ClusterRef } from './scan-cluster.ts';
import type { ScannedEntry } from './scan-result.ts';
import type { ScanWorld } from './scan-world.ts';

/** Entries of a cluster that the service deleted to make them again, and that EKS doesn't list. */
export async function missingEntries(
  where: ClusterRef,
  listed: readonly string[],
  { details, world }: { readonly details: EntryDetails; readonly world: ScanWorld },
): Promise<ScannedEntry[]> {
  const { ledger, principals, isWanted, scannedAt } = world;
  const found: ScannedEntry[] = [];
  for (const { entry, journal } of ledger?.open ?? []) {
    const { principalArn, clusterName } = entry;
    const isHere = isIn(where, entry) && clusterName === where.clusterName && isWanted(principalArn);
    if (!isHere || listed.includes(principalArn) || !isPastDelete(journal)) continue;
    const judged = scanMissing(journal, await principals.of(principalArn), scannedAt);
    const { entryArn, type, createdAt: entryCreatedAt, policies } = journal.snapshot;
    const nodeGroups = await details.nodeGroupsOf(principalArn, type);
    const lost = { nodeGroups, policies: policies.map(policyText) };
    found.push({ ...entry, type, entryArn, entryCreatedAt, ...judged, ...lost });
  }
  return found;
}
