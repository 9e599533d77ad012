import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const PreflightInput = StepInput;

export async function preflight(_input: StepInput, _ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'entryCreation' | 'entryDeletion' | 'policyAssociations'>): Promise<StepResult> {
  throw new Error('to come');
}
