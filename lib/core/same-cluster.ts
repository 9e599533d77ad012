import { ClusterNotReady } from './errors.ts';
import type { Lease } from './lease.ts';
import { leaveGone } from './left-to-owner.ts';
import type { Cluster, Ports } from './ports.ts';
import type { StepResult } from './step-result.ts';

/**
 * The cluster of the journal's entry, as it is now. Where it is gone, or another of its name was made since the delete, its
 * entry is gone with it: nothing may be made in a cluster that never had it.
 */
export async function readSameCluster(
  lease: Lease,
  { clusters, ledger }: Pick<Ports, 'clusters' | 'ledger'>,
): Promise<Cluster | StepResult> {
  const { entry } = lease.key;
  const { region, clusterName } = entry;
  const cluster = await clusters.describe(entry, clusterName);
  if (!cluster) return leaveGone(lease, 'ClusterGone', 'the cluster is gone, and its entries with it', ledger);
  const { deletingSince } = lease.journal;
  if (deletingSince && Date.parse(cluster.createdAt) > Date.parse(deletingSince)) {
    const explanation = `another cluster of this name was made at ${cluster.createdAt}; the entry's own is gone`;
    return leaveGone(lease, 'ClusterReplaced', explanation, ledger);
  }
  if (cluster.status !== 'ACTIVE' && cluster.status !== 'UPDATING') {
    throw new ClusterNotReady(
      `cluster '${clusterName}' in ${region} is ${cluster.status}, expected ACTIVE; try again when it is`,
    );
  }
  return cluster;
}
