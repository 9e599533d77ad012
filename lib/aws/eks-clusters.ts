import { DescribeClusterCommand, paginateListClusters, ResourceNotFoundException } from '@aws-sdk/client-eks';
import type { Clusters } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `clusters`. */
export const EKS_CLUSTERS_ACTIONS = ['eks:ListClusters', 'eks:DescribeCluster'] as const;

/** Reads clusters from EKS. */
export function eksClusters(clients: Clients): Clusters {
  return {
    list: (place) =>
      nameErrors('eks:ListClusters', async () => {
        const names: string[] = [];
        for await (const page of paginateListClusters({ client: clients.eks(place) }, {})) {
          names.push(...(page.clusters ?? []));
        }
        return names;
      }),

    describe: (place, clusterName) =>
      nameErrors('eks:DescribeCluster', async () => {
        try {
          const { cluster } = await clients.eks(place).send(new DescribeClusterCommand({ name: clusterName }));
          return {
            name: member(cluster?.name, 'cluster.name'),
            arn: member(cluster?.arn, 'cluster.arn'),
            status: member(cluster?.status, 'cluster.status'),
            // Clusters from before access entries existed (December 2023) may not say: they work by aws-auth alone.
            authenticationMode: cluster?.accessConfig?.authenticationMode ?? 'CONFIG_MAP',
            createdAt: member(cluster?.createdAt, 'cluster.createdAt').toISOString(),
          };
        } catch (error) {
          if (error instanceof ResourceNotFoundException) return undefined;
          throw error;
        }
      }),
  };
}
