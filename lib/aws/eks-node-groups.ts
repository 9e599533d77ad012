import { DescribeNodegroupCommand, paginateListNodegroups } from '@aws-sdk/client-eks';
import type { Place } from '../core/shapes.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** Reads which managed node groups use which role: people see, nothing is decided by it. */
export interface NodeGroups {
  /** Names of a cluster's node groups, by the ARN of their role. */
  byRole(place: Place, clusterName: string): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Reads node groups from EKS: `eks:ListNodegroups`, `eks:DescribeNodegroup`. */
export function eksNodeGroups(clients: Clients): NodeGroups {
  return {
    async byRole(place, clusterName) {
      const client = clients.eks(place);
      const names: string[] = [];
      await nameErrors('eks:ListNodegroups', async () => {
        for await (const { nodegroups = [] } of paginateListNodegroups({ client }, { clusterName })) {
          names.push(...nodegroups);
        }
      });
      const byRole = new Map<string, string[]>();
      for (const nodegroupName of names) {
        const { nodegroup } = await nameErrors('eks:DescribeNodegroup', () =>
          client.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
        );
        const role = nodegroup?.nodeRole ?? '';
        byRole.set(role, [...(byRole.get(role) ?? []), nodegroupName]);
      }
      return byRole;
    },
  };
}
