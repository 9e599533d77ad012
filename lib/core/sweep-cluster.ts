import { inspectForInventory } from './inventory-entry.ts';
import { longestWaitSeconds } from './longest-wait.ts';
import type { Cluster } from './ports.ts';
import { parsePrincipalArn } from './principal.ts';
import { forgetEntry, isForgettable, isProvenHealthy, keepFresh } from './proven-entry.ts';
import { whyWithoutEntries } from './search-cluster.ts';
import type { EntryRef, Place, Verdict } from './shapes.ts';
import type { LedgerRecord } from './ledger.ts';
import type { SweepWorld } from './sweep-world.ts';
import { fingerprintTrust } from './trust-fingerprint.ts';

/** What a look at one cluster showed; `waitSeconds`: how long people have left its oldest question; `passedOver`: why there was nothing to look at. */
export interface SweptCluster {
  readonly verdicts: readonly Verdict[];
  readonly stale: readonly EntryRef[];
  readonly orphaned: readonly EntryRef[];
  readonly waitSeconds: number;
  readonly passedOver?: string;
}

const NOTHING = { verdicts: [], stale: [], orphaned: [], waitSeconds: 0 } as const;
const passOver = (passedOver: string): SweptCluster => ({ ...NOTHING, passedOver });

/** Judges every entry of a cluster, and describes only those that the ledger can't prove healthy. */
export async function sweepCluster(
  place: Place,
  clusterName: string,
  world: SweepWorld,
  now: string,
): Promise<SweptCluster> {
  const { clusters, accessEntries, ledger } = world.ports;
  const cluster = await clusters.describe(place, clusterName);
  if (!cluster) return passOver('ClusterVanished');
  const reason = whyWithoutEntries(cluster);
  if (reason) return passOver(reason);

  // The records first: what is made after this read is in the list, or has another entry ARN when it comes to forgetting.
  const records = await ledger.ofCluster({ ...place, clusterName });
  const known = new Map(records.map((record) => [record.entry.principalArn, record]));
  const listed = await accessEntries.list(place, clusterName);
  const verdicts: Verdict[] = [];
  const stale: EntryRef[] = [];
  const orphaned: EntryRef[] = [];
  for (const principalArn of listed) {
    const entry = { ...place, clusterName, principalArn };
    const verdict = await judgeListed(entry, { cluster, record: known.get(principalArn), now }, world);
    if (verdict) verdicts.push(verdict);
    if (verdict === 'stale') stale.push(entry);
    if (verdict === 'orphaned') orphaned.push(entry);
  }
  const isListed = new Set(listed);
  for (const record of records) {
    if (!isListed.has(record.entry.principalArn) && isForgettable(record)) await forgetEntry(record, ledger);
  }
  return { verdicts, stale, orphaned, waitSeconds: longestWaitSeconds(records, now) };
}

async function judgeListed(
  entry: EntryRef,
  { cluster, record, now }: { cluster: Cluster; record: LedgerRecord | undefined; now: string },
  world: SweepWorld,
): Promise<Verdict | undefined> {
  const named = parsePrincipalArn(entry.principalArn);
  const { ports, passed } = world;
  // Nobody here can read the principals of an account that is no member: a look at the entry would tell nothing.
  if (named && !world.isReadable(named.accountId)) return 'unknown';
  const living = await world.living(entry.principalArn);
  if (record && living && isProvenHealthy(record, living)) {
    const trust = await fingerprintTrust(living.trustPolicy, passed);
    await keepFresh(record, { living, trust, now }, ports.ledger);
    return 'healthy';
  }
  return inspectForInventory(entry, { cluster, now }, { ...ports, principals: passed });
}
