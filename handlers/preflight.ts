import { preflight, PreflightInput } from '../lib/core/preflight.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Finds out whether EKS would make the entry again, before anything is deleted. */
export const step = defineStep({
  name: 'Preflight',
  input: PreflightInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'entryCreation', 'entryDeletion', 'policyAssociations'],
  run: preflight,
});
export const handler = lambda(step);
