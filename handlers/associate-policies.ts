import { associatePolicies, AssociatePoliciesInput } from '../lib/core/associate-policies.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Gives the new entry the policies that the old one had. */
export const step = defineStep({
  name: 'AssociatePolicies',
  input: AssociatePoliciesInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'policyAssociations'],
  run: associatePolicies,
});
export const handler = lambda(step);
