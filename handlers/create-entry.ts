import { createEntry, CreateEntryInput } from '../lib/core/create-entry.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Creates the entry again from the snapshot in the ledger. */
export const step = defineStep({
  name: 'CreateEntry',
  input: CreateEntryInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'entryCreation'],
  run: createEntry,
});
export const handler = lambda(step);
