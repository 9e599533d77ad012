import { preflightAdmin, PreflightAdminInput } from '../lib/core/preflight-admin.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Preflight for entries of administrators, apart: its role may associate cluster-wide admin policies. */
export const step = defineStep({
  name: 'PreflightAdmin',
  input: PreflightAdminInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'entryCreation', 'entryDeletion', 'policyAssociations'],
  run: preflightAdmin,
});
export const handler = lambda(step);
