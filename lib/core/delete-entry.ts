import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const DeleteEntryInput = StepInput;

export async function deleteEntry(_input: StepInput, _ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'accessEntries' | 'entryDeletion'>): Promise<StepResult> {
  throw new Error('to come');
}
