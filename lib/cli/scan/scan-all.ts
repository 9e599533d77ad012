import { reasonOf } from '../../core/search-cluster.ts';
import { UsageError } from '../io.ts';
import type { Session } from '../session/session.ts';
import { eachOf } from './each-of.ts';
import { noFindings, resultOf, type ScanProgress } from './findings.ts';
import { type ClusterRef, scanCluster } from './scan-cluster.ts';
import type { ScanResult } from './scan-result.ts';
import { openScanWorld, type ScanSelection, type ScanWorld } from './scan-world.ts';

/** Which entries, and how much at once. */
export interface ScanAllOptions extends ScanSelection {
  /** How many clusters are read at once. */
  readonly concurrency: number;
}

type OnProgress = (progress: ScanProgress) => void;

/** Judges every chosen entry of every region. What fails in one place is told, and holds up no other. */
export async function scanAll(
  session: Session,
  options: ScanAllOptions,
  onProgress: OnProgress = () => {},
  isCancelled: () => boolean = () => false,
): Promise<ScanResult> {
  const scan = startScan(session, options, onProgress, isCancelled);
  await scan.done;
  return scan.soFar();
}

/** A scan under way. */
interface Scan {
  readonly done: Promise<undefined>;
  /** What is known by now. */
  soFar(): ScanResult;
  /** What to tell beside it. */
  notes(): readonly string[];
}

/** Starts a scan of which the result so far can be had at any time. */
export function startScan(
  session: Session,
  options: ScanAllOptions,
  onProgress: OnProgress,
  isCancelled: () => boolean,
): Scan {
  const findings = noFindings();
  const scannedAt = new Date(session.runtime.clock.now()).toISOString();
  let isWhole = false;
  function tell(): void {
    const { clusters, entries, stale } = findings;
    onProgress({ clusters: { ...clusters }, entries: entries.length, stale, throttled: session.throttles() });
  }
  async function run(): Promise<undefined> {
    const world = await openScanWorld(session, options, { findings, scannedAt, tell, isCancelled });
    const clusters = await clustersOf(session, options.clusters, world);
    findings.clusters.total = clusters.length;
    tell();
    await scanClusters(clusters, options, world);
    isWhole = !isCancelled();
    return undefined;
  }
  return {
    done: run(),
    soFar: () => resultOf(findings, session, { scannedAt, isWhole }),
    notes: () => findings.notes,
  };
}

/** The clusters of all regions, one of each region in turn: each region's EKS has a pace of its own. */
async function clustersOf(
  { accountId, regions }: Session,
  named: readonly string[] | undefined,
  { clusters, findings }: ScanWorld,
): Promise<ClusterRef[]> {
  const byRegion = await Promise.all(
    regions.map(async (region) => {
      try {
        return (named ?? (await clusters.list({ accountId, region }))).map((clusterName) => ({
          accountId,
          region,
          clusterName,
        }));
      } catch (error) {
        findings.notEvaluated.push({ accountId, region, reason: reasonOf(error), isGap: true });
        return [];
      }
    }),
  );
  const longest = Math.max(0, ...byRegion.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => byRegion.flatMap((ones) => ones[turn] ?? [])).flat();
}

async function scanClusters(
  clusters: readonly ClusterRef[],
  { clusters: named, concurrency }: ScanAllOptions,
  world: ScanWorld,
): Promise<void> {
  const { findings, isCancelled, tell } = world;
  const notFound = new Set(named);
  await eachOf(
    clusters,
    concurrency,
    async (where) => {
      const seen = await scanOrTell(where, world);
      if (seen === 'absent') findings.clusters.total -= 1;
      else findings.clusters.done += 1;
      if (seen !== 'absent') notFound.delete(where.clusterName);
      else if (!named) findings.notEvaluated.push({ ...where, reason: 'ClusterVanished', isGap: false });
      tell();
    },
    isCancelled,
  );
  if (notFound.size === 0 || isCancelled()) return;
  const regions = [...new Set(clusters.map(({ region }) => region))].join(', ');
  throw new UsageError(`no cluster '${[...notFound].join("', '")}' in ${regions}; see aws eks list-clusters`);
}

async function scanOrTell(where: ClusterRef, world: ScanWorld): Promise<'looked' | 'absent' | 'failed'> {
  try {
    return await scanCluster(where, world);
  } catch (error) {
    world.findings.notEvaluated.push({ ...where, reason: reasonOf(error), isGap: true });
    return 'failed';
  }
}
