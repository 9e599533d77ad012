import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const AssociatePoliciesInput = StepInput;

export async function associatePolicies(_input: StepInput, _ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'accessEntries' | 'policyAssociations'>): Promise<StepResult> {
  throw new Error('to come');
}
