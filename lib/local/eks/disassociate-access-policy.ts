import type { DisassociateAccessPolicyResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { entryNamed } from './entry-named.ts';
import { withPolicies } from './policy-change.ts';
import { changeablePrincipal } from './principal-arn.ts';

/** Takes a policy from an entry. */
export function disassociateAccessPolicy(
  input: { clusterName: string; principalArn: string; policyArn: string },
  state: EksState,
  call: Call,
) {
  changeablePrincipal(input.principalArn);
  const entry = entryNamed(state, input.clusterName, input.principalArn, call);
  const policies = entry.policies.filter(({ policyArn }) => policyArn !== input.policyArn);
  if (policies.length === entry.policies.length) {
    // What EKS says of a policy that the entry doesn't have is not known: its words for a policy it doesn't know.
    throw new AwsFault('ResourceNotFoundException', 'The specified policyArn could not be found.');
  }
  state.putEntry(withPolicies(state, entry, policies), 'DisassociateAccessPolicy', call);
  return {} satisfies DisassociateAccessPolicyResponse;
}
