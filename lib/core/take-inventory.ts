import * as v from 'valibot';
import { inspectForInventory } from './inventory-entry.ts';
import { rememberReads } from './remembered-reads.ts';
import type { LedgerRecord } from './ledger.ts';
import type { Ports } from './ports.ts';
import { accountOf, reasonOf, whyWithoutEntries } from './search-cluster.ts';
import { IsoTime, Region, SCHEMA_VERSION } from './shapes.ts';
import type { NotSearched, Verdict } from './shapes.ts';

/** Which region to look at, and when that is. */
export const TakeInventoryInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), region: Region, now: IsoTime });
export type TakeInventoryInput = v.InferOutput<typeof TakeInventoryInput>;

/** How many entries of the region have which verdict, and where nobody could look. */
export interface TakeInventoryOutput {
  readonly schemaVersion: 1;
  readonly region: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly notSearched: readonly NotSearched[];
}

const NONE: Record<Verdict, number> = {
  stale: 0,
  healthy: 0,
  unproven: 0,
  orphaned: 0,
  missing: 0,
  unknown: 0,
  notApplicable: 0,
};

type InventoryPorts = Pick<Ports, 'clusters' | 'accessEntries' | 'principals' | 'ledger' | 'settings'>;

/** Looks at every entry of every cluster of a region and remembers what a later rebind will have to know. */
export async function takeInventory(
  { region, now }: TakeInventoryInput,
  ports: InventoryPorts,
): Promise<TakeInventoryOutput> {
  const world = { ...ports, principals: rememberReads(ports.principals) };
  const verdicts: Verdict[] = [];
  const notSearched: NotSearched[] = [];
  for (const clusterName of await ports.clusters.list(region)) {
    try {
      const seen = await inspectCluster(region, clusterName, now, world);
      if (typeof seen === 'string') notSearched.push({ region, clusterName, reason: seen, mustSearch: false });
      else verdicts.push(...seen);
    } catch (error) {
      notSearched.push({ region, clusterName, reason: reasonOf(error), mustSearch: true });
    }
  }
  for (const { entry } of await openJournals(region, ports)) {
    try {
      if (!(await ports.accessEntries.describe(entry))) verdicts.push('missing');
    } catch (error) {
      notSearched.push({ region, clusterName: entry.clusterName, reason: reasonOf(error), mustSearch: true });
    }
  }
  const counts = { ...NONE };
  for (const verdict of verdicts) counts[verdict] += 1;
  return { schemaVersion: SCHEMA_VERSION, region, counts, notSearched };
}

async function inspectCluster(
  region: string,
  clusterName: string,
  now: string,
  ports: InventoryPorts,
): Promise<Verdict[] | string> {
  const cluster = await ports.clusters.describe(region, clusterName);
  if (!cluster) return 'ClusterVanished';
  const reason = whyWithoutEntries(cluster);
  if (reason) return reason;
  const accountId = accountOf(cluster);
  const verdicts: Verdict[] = [];
  for (const principalArn of await ports.accessEntries.list(region, clusterName)) {
    const entry = { accountId, region, clusterName, principalArn };
    const verdict = await inspectForInventory(entry, { cluster, now }, ports);
    if (verdict) verdicts.push(verdict);
  }
  return verdicts;
}

/** Records of entries that a rebind deleted and that may not be back. */
async function openJournals(region: string, { ledger }: InventoryPorts): Promise<LedgerRecord[]> {
  return (await ledger.withOpenJournal()).filter(({ entry }) => entry.region === region);
}
