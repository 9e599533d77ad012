import { verifyEntry, VerifyEntryInput } from '../lib/core/verify-entry.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Reads the new entry back and closes the journal. */
export const step = defineStep({
  name: 'VerifyEntry',
  input: VerifyEntryInput,
  uses: ['ledger', 'principals', 'clusters', 'accessEntries', 'instanceProfiles', 'metrics'],
  run: verifyEntry,
});
export const handler = lambda(step);
