import type { DescribeNodegroupResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { clusterNamed, type EksState } from './eks-state.ts';
import { nodegroupAnswer } from './nodegroup.ts';

/** Shows a managed node group. */
export function describeNodegroup(
  { clusterName, nodegroupName }: { clusterName: string; nodegroupName: string },
  state: EksState,
  call: Call,
) {
  const cluster = clusterNamed(state, clusterName, call);
  const nodegroup = state.nodegroups(cluster).find(({ name }) => name === nodegroupName);
  if (nodegroup) return { nodegroup: nodegroupAnswer(nodegroup, cluster) } satisfies DescribeNodegroupResponse;
  // moto's constant (moto/eks/models.py), as with clusters.
  const text = `No node group found for name: ${nodegroupName}.`;
  throw new AwsFault('ResourceNotFoundException', text, { clusterName, nodegroupName });
}
