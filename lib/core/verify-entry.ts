import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const VerifyEntryInput = StepInput;

export async function verifyEntry(_input: StepInput, _ports: Pick<Ports, 'ledger' | 'principals' | 'clusters' | 'accessEntries'>): Promise<StepResult> {
  throw new Error('to come');
}
