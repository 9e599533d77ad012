import { findMissedEntries, FindMissedEntriesInput } from '../lib/core/find-missed-entries.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Searches once more where FindEntries could not. */
export const step = defineStep({
  name: 'FindMissedEntries',
  input: FindMissedEntriesInput,
  uses: ['clusters', 'accessEntries', 'ledger'],
  run: findMissedEntries,
});
export const handler = lambda(step);
