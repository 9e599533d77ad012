import { isPastDelete } from './ledger.ts';
import { isIn } from './places.ts';
import type { Ports } from './ports.ts';
import { parsePrincipalArn, principalKey } from './principal.ts';
import { restorable } from './restorable.ts';
import type { EntryRef, NotSearched, Place, Principal } from './shapes.ts';

/** What a search found, and where it could not look. */
export interface Found {
  readonly entries: readonly EntryRef[];
  readonly notSearched: readonly NotSearched[];
}

type SearchPorts = Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>;

/** Searches every cluster of a place. What fails in one cluster is told and holds up no other. */
export async function searchPlace(place: Place, principal: Principal, ports: SearchPorts): Promise<Found> {
  const found: Found[] = [];
  for (const clusterName of await ports.clusters.list(place)) {
    found.push(await searchOrTell(place, clusterName, principal, ports));
  }
  const entries = [...found.flatMap((one) => one.entries), ...(await openEntries(place, principal, ports))];
  return { entries: withoutDoubles(entries), notSearched: found.flatMap(({ notSearched }) => notSearched) };
}

/** Searches one cluster for the principal's entries, whatever path or case their ARNs have. */
export async function searchCluster(
  place: Place,
  clusterName: string,
  principal: Principal,
  { clusters, accessEntries }: SearchPorts,
): Promise<Found> {
  const passOver = (reason: string): Found => ({
    entries: [],
    notSearched: [{ ...place, clusterName, reason, mustSearch: false }],
  });
  const cluster = await clusters.describe(place, clusterName);
  if (!cluster) return passOver('ClusterVanished');
  const reason = whyWithoutEntries(cluster);
  if (reason) return passOver(reason);
  const wanted = principalKey(principal);
  const entries = (await accessEntries.list(place, clusterName))
    .filter((principalArn) => keyOf(principalArn) === wanted)
    .map((principalArn) => ({ ...place, clusterName, principalArn }));
  return { entries, notSearched: [] };
}

/** Why a cluster's access entries can't be read now, and need not be. */
export function whyWithoutEntries({
  status,
  authenticationMode,
}: {
  status: string;
  authenticationMode: string;
}): string | undefined {
  // EKS API reference, Cluster.status: CREATING, ACTIVE, DELETING, FAILED, UPDATING, PENDING.
  if (status !== 'ACTIVE' && status !== 'UPDATING') return `Cluster${status.charAt(0)}${status.slice(1).toLowerCase()}`;
  return authenticationMode === 'CONFIG_MAP' ? 'ConfigMapMode' : undefined;
}

async function searchOrTell(
  place: Place,
  clusterName: string,
  principal: Principal,
  ports: SearchPorts,
): Promise<Found> {
  try {
    return await searchCluster(place, clusterName, principal, ports);
  } catch (error) {
    return { entries: [], notSearched: [{ ...place, clusterName, reason: reasonOf(error), mustSearch: true }] };
  }
}

/** An error as a reason that fits into a payload. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}

/** Entries that a rebind deleted and hasn't brought back, or that were removed as orphaned: no list shows them. */
async function openEntries(place: Place, principal: Principal, { ledger }: SearchPorts): Promise<EntryRef[]> {
  const records = await ledger.ofPrincipal(principal);
  return records
    .filter((record) => isIn(place, record.entry) && (isPastDelete(record.journal) || restorable(record)))
    .map(({ entry }) => entry);
}

const keyOf = (principalArn: string) => {
  const named = parsePrincipalArn(principalArn);
  return named && principalKey(named);
};

function withoutDoubles(entries: readonly EntryRef[]): EntryRef[] {
  return [...new Map(entries.map((entry) => [`${entry.clusterName} ${entry.principalArn}`, entry])).values()];
}
