import { associateAdminPolicies, AssociateAdminPoliciesInput } from '../lib/core/associate-admin-policies.ts';
import { defineStep, lambda } from './shared/step.ts';

/** AssociatePolicies for entries of administrators, apart: its role may associate cluster-wide admin policies. */
export const step = defineStep({
  name: 'AssociateAdminPolicies',
  input: AssociateAdminPoliciesInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'policyAssociations'],
  run: associateAdminPolicies,
});
export const handler = lambda(step);
