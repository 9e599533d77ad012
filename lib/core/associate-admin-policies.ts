import { associateBy } from './associate-policies.ts';
import type { AssociatePorts } from './associate-policies.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** What AssociateAdminPolicies is told. */
export const AssociateAdminPoliciesInput = StepInput;

/** AssociatePolicies for an entry with a cluster-wide admin policy, by a function whose role may associate one. */
export function associateAdminPolicies(input: StepInput, ports: AssociatePorts): Promise<StepResult> {
  return associateBy('admins', input, ports);
}
