import type { AssociateAccessPolicyRequest, AssociateAccessPolicyResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { policyAnswer, type PolicyAssociation } from './access-entry.ts';
import { checkTakesPolicies } from './access-entry-types.ts';
import { checkPolicy, scopeOf } from './access-policies.ts';
import type { EksState } from './eks-state.ts';
import { clusterWithEntries, entryNamed, noSuchEntry } from './entry-named.ts';
import { withPolicies } from './policy-change.ts';
import { changeablePrincipal } from './principal-arn.ts';

type Input = { [Key in keyof AssociateAccessPolicyRequest]: NonNullable<AssociateAccessPolicyRequest[Key]> };

/**
 * Gives an entry a policy, or gives the policy it has another scope (EKS user guide: once per entry, "call again to change the
 * scope"). Right after CreateAccessEntry the entry is not found yet (terraform-aws-eks#3024).
 */
export function associateAccessPolicy(input: Input, state: EksState, call: Call) {
  changeablePrincipal(input.principalArn);
  const scope = scopeOf(input.accessScope);
  const { partition } = clusterWithEntries(state, input.clusterName, call);
  checkPolicy(input.policyArn, partition);
  const entry = entryNamed(state, input.clusterName, input.principalArn, call);
  const now = state.clock.now();
  if (now < entry.associableFrom) throw noSuchEntry();
  checkTakesPolicies(entry.type);
  const before = entry.policies.find(({ policyArn }) => policyArn === input.policyArn);
  const policy: PolicyAssociation = {
    policyArn: input.policyArn,
    scope,
    associatedAt: before?.associatedAt ?? now,
    modifiedAt: now,
  };
  const policies = before ? entry.policies.map((one) => (one === before ? policy : one)) : [...entry.policies, policy];
  state.putEntry(withPolicies(state, entry, policies), 'AssociateAccessPolicy', call);
  return {
    clusterName: input.clusterName,
    principalArn: input.principalArn,
    associatedAccessPolicy: policyAnswer(policy),
  } satisfies AssociateAccessPolicyResponse;
}
