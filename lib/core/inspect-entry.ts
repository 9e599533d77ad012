import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

export const InspectEntryInput = v.object({
  ...StepInput.entries,
  /** How often the workflow came back here: three rounds, then `KeepsChanging`. */
  round: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type InspectEntryInput = v.InferOutput<typeof InspectEntryInput>;

export async function inspectEntry(
  _input: InspectEntryInput,
  _ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries'>,
): Promise<StepResult> {
  throw new Error('to come');
}
