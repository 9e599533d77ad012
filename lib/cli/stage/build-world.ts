import type { EksState } from '../../local/eks/eks-state.ts';
import type { IamState } from '../../local/iam/iam-state.ts';
import type { WorldPlan } from './world-plan.ts';

/** Puts a planned world into the local AWS, as if it had stood there for long. */
export function buildWorld(plan: WorldPlan, aws: { readonly iam: IamState; readonly eks: EksState }): void {
  for (const principal of plan.principals) aws.iam.put(principal);
  for (const cluster of plan.clusters) aws.eks.addCluster(cluster);
  for (const entry of plan.entries) aws.eks.addEntry(entry);
  for (const nodegroup of plan.nodegroups ?? []) aws.eks.addNodegroup(nodegroup);
}
