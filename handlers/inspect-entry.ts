import { inspectEntry, InspectEntryInput } from '../lib/core/inspect-entry.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Judges the entry, takes its snapshot and asks the guard. */
export const step = defineStep({
  name: 'InspectEntry',
  input: InspectEntryInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'metrics'],
  run: inspectEntry,
});
export const handler = lambda(step);
