import { startRebinds, StartRebindsInput } from '../lib/core/start-rebinds.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Allocates an attempt for each entry and starts its execution. */
export const step = defineStep({
  name: 'StartRebinds',
  input: StartRebindsInput,
  uses: ['ledger', 'clusters', 'accessEntries', 'rebinds'],
  run: startRebinds,
});
export const handler = lambda(step);
