import { deleteEntry, DeleteEntryInput } from '../lib/core/delete-entry.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Deletes the entry, once its snapshot is in the ledger. */
export const step = defineStep({
  name: 'DeleteEntry',
  input: DeleteEntryInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'entryDeletion'],
  run: deleteEntry,
});
export const handler = lambda(step);
