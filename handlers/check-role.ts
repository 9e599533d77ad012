import { checkRole, CheckRoleInput } from '../lib/core/check-role.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Reads the principal once and says whether IAM has settled. */
export const step = defineStep({
  name: 'CheckRole',
  input: CheckRoleInput,
  uses: ['principals'],
  run: checkRole,
});
export const handler = lambda(step);
