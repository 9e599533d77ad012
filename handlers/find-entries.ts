import { findEntries, FindEntriesInput } from '../lib/core/find-entries.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Finds the access entries of a region that name the principal. */
export const step = defineStep({
  name: 'FindEntries',
  input: FindEntriesInput,
  uses: ['clusters', 'accessEntries', 'ledger'],
  run: findEntries,
});
export const handler = lambda(step);
