import type { LedgerRecord } from '../../core/ledger.ts';
import { scanEntry } from '../../core/scan-entry.ts';
import { reasonOf, whyWithoutEntries } from '../../core/search-cluster.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { entryDetails, type EntryDetails } from './entry-details.ts';
import { eachOf } from './each-of.ts';
import { missingEntries } from './missing-entries.ts';
import type { NotEvaluated, ScannedEntry } from './scan-result.ts';
import type { ScanWorld } from './scan-world.ts';

// The limiter lets five calls to a region's EKS out at once: more would only wait in line.
const ENTRIES_AT_ONCE = 5;

/** Which cluster. */
export type ClusterRef = Omit<EntryRef, 'principalArn'>;

/** One cluster, and what is read of it once. */
interface ClusterScan {
  readonly authenticationMode: string;
  /** The service's records by principal; `unread` where there are none to read. */
  readonly records: ReadonlyMap<string, LedgerRecord> | 'unread';
  readonly details: EntryDetails;
}

/** Judges the chosen entries of one cluster. `absent`: there is no such cluster. What fails for one entry is told of that entry. */
export async function scanCluster(where: ClusterRef, world: ScanWorld): Promise<'looked' | 'absent'> {
  const { clusters, accessEntries, findings, isWanted, isCancelled } = world;
  const cluster = await clusters.describe(where, where.clusterName);
  if (!cluster) return 'absent';
  const reason = whyWithoutEntries(cluster);
  if (reason !== undefined) {
    findings.notEvaluated.push({ ...where, reason, isGap: false });
    return 'looked';
  }
  const { authenticationMode } = cluster;
  const details = entryDetails(where, world);
  const scan: ClusterScan = { authenticationMode, records: await recordsOf(where, world), details };
  const listed = await accessEntries.list(where, where.clusterName);
  const judgeOrTell = async (principalArn: string) => {
    const ref = { ...where, principalArn };
    try {
      const entry = await judgeListed(ref, scan, world);
      if (entry) found(entry, world);
    } catch (error) {
      findings.notEvaluated.push({ ...ref, reason: reasonOf(error), isGap: true });
    }
  };
  await eachOf(listed.filter(isWanted), ENTRIES_AT_ONCE, judgeOrTell, isCancelled);
  for (const entry of await missingEntries(where, listed, { details, world })) found(entry, world);
  return 'looked';
}

function found(entry: ScannedEntry, { findings, tell }: ScanWorld): void {
  findings.entries.push(entry);
  if (entry.verdict === 'stale') findings.stale += 1;
  tell();
}

async function judgeListed(ref: EntryRef, scan: ClusterScan, world: ScanWorld): Promise<ScannedEntry | undefined> {
  const { accessEntries, principals, settleSeconds, scannedAt: now } = world;
  const { authenticationMode, records, details } = scan;
  const entry = await accessEntries.describe(ref);
  // Deleted since it was listed.
  if (!entry) return undefined;
  const principal = await principals.of(ref.principalArn);
  const record = records === 'unread' ? records : records.get(ref.principalArn);
  const judged = scanEntry({ ref, entry, principal, authenticationMode, record, settleSeconds, now });
  const { entryArn, type, createdAt: entryCreatedAt } = entry;
  const seen = { ...ref, type, entryArn, entryCreatedAt, ...judged };
  if (judged.verdict !== 'stale') return { ...seen, nodeGroups: [] };
  const nodeGroups = await details.nodeGroupsOf(ref.principalArn, type);
  return { ...seen, nodeGroups, ...(await details.policiesOf(ref)) };
}

async function recordsOf(where: ClusterRef, { ledger, findings }: ScanWorld): Promise<ClusterScan['records']> {
  if (!ledger) return 'unread';
  try {
    const records = await ledger.ofCluster(where);
    return new Map(records.map((record) => [record.entry.principalArn, record]));
  } catch (error) {
    const gap: NotEvaluated = { ...where, reason: `the service's records: ${reasonOf(error)}`, isGap: true };
    findings.notEvaluated.push(gap);
    return 'unread';
  }
}
