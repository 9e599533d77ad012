import type { ListAccessEntriesResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { clusterWithEntries } from './entry-named.ts';
import { pageOf, type PageRequest } from './pages.ts';

/** Lists the principals of a cluster's entries, or of those with one policy. */
export function listAccessEntries(
  input: PageRequest & { clusterName: string; associatedPolicyArn?: string },
  state: EksState,
  call: Call,
) {
  const cluster = clusterWithEntries(state, input.clusterName, call);
  const policy = input.associatedPolicyArn;
  const entries = state
    .entries(cluster)
    .filter(({ policies }) => policy === undefined || policies.some(({ policyArn }) => policyArn === policy));
  const { items, ...next } = pageOf(entries, ({ sequence }) => sequence, input);
  return { accessEntries: items.map(({ ref }) => ref.principalArn), ...next } satisfies ListAccessEntriesResponse;
}
