import type { DeleteClusterResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { clusterAnswer, type Cluster } from './cluster.ts';
import { drawDelay } from './delay.ts';
import { clusterNamed, type EksState } from './eks-state.ts';

/** Deletes a cluster, whose entries go with it after a while. */
export function deleteCluster(input: { name: string }, state: EksState, call: Call) {
  const cluster = clusterNamed(state, input.name, call);
  const { status } = cluster.life;
  if (status !== 'ACTIVE' && status !== 'FAILED') {
    // EKS's words for a cluster that is busy are not known exactly; the name of the fault is the API reference's.
    throw new AwsFault('ResourceInUseException', `Cluster ${input.name} is ${status}`, { clusterName: input.name });
  }
  if (state.nodegroups(cluster).length > 0) {
    // moto's constant (moto/eks/models.py).
    throw new AwsFault('ResourceInUseException', 'Cluster has nodegroups attached', { clusterName: input.name });
  }
  const at = state.clock.now() + drawDelay(state.behaviour.clusterDeletion, state.random);
  const deleting: Cluster = { ...cluster, life: { status: 'DELETING', next: { at, status: 'gone' } } };
  state.putCluster(deleting);
  return { cluster: clusterAnswer(deleting) } satisfies DeleteClusterResponse;
}
