import type { ListClustersResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { pageOf, type PageRequest } from './pages.ts';

/** Lists the names of the caller's clusters in the call's region. */
export function listClusters(input: PageRequest, state: EksState, call: Call) {
  const names = state
    .clusters()
    .filter(({ accountId, region }) => accountId === call.caller.accountId && region === call.region)
    .map(({ name }) => name)
    .toSorted();
  const { items, ...next } = pageOf(names, (name) => name, input);
  return { clusters: [...items], ...next } satisfies ListClustersResponse;
}
