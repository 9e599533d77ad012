import type { ListNodegroupsResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { clusterNamed, type EksState } from './eks-state.ts';
import { pageOf, type PageRequest } from './pages.ts';

/** Lists the names of a cluster's managed node groups. */
export function listNodegroups(input: PageRequest & { clusterName: string }, state: EksState, call: Call) {
  const groups = state.nodegroups(clusterNamed(state, input.clusterName, call));
  const names = groups.map(({ name }) => name).toSorted();
  const { items, ...next } = pageOf(names, (name) => name, input);
  return { nodegroups: [...items], ...next } satisfies ListNodegroupsResponse;
}
