import type { ListAssociatedAccessPoliciesResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { policyAnswer } from './access-entry.ts';
import type { EksState } from './eks-state.ts';
import { entryNamed } from './entry-named.ts';
import { pageOf, type PageRequest } from './pages.ts';
import { principalOf } from './principal-arn.ts';

/** Lists an entry's policies with their scopes. */
export function listAssociatedAccessPolicies(
  input: PageRequest & { clusterName: string; principalArn: string },
  state: EksState,
  call: Call,
) {
  principalOf(input.principalArn);
  const { policies } = entryNamed(state, input.clusterName, input.principalArn, call);
  const inOrder = policies.toSorted((one, other) => (one.policyArn < other.policyArn ? -1 : 1));
  const { items, ...next } = pageOf(inOrder, ({ policyArn }) => policyArn, input);
  return {
    clusterName: input.clusterName,
    principalArn: input.principalArn,
    associatedAccessPolicies: items.map(policyAnswer),
    ...next,
  } satisfies ListAssociatedAccessPoliciesResponse;
}
