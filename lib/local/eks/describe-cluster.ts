import type { DescribeClusterResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { clusterAnswer } from './cluster.ts';
import { clusterNamed, type EksState } from './eks-state.ts';

/** Shows a cluster. */
export function describeCluster(input: { name: string }, state: EksState, call: Call) {
  return { cluster: clusterAnswer(clusterNamed(state, input.name, call)) } satisfies DescribeClusterResponse;
}
