import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const CreateEntryInput = StepInput;

export async function createEntry(_input: StepInput, _ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'entryCreation'>): Promise<StepResult> {
  throw new Error('to come');
}
