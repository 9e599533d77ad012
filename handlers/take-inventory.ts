import { takeInventory, TakeInventoryInput } from '../lib/core/take-inventory.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Records every access entry of a region, and which incarnation each is seen bound to. */
export const step = defineStep({
  name: 'TakeInventory',
  input: TakeInventoryInput,
  uses: ['clusters', 'accessEntries', 'principals', 'ledger'],
  run: takeInventory,
});
export const handler = lambda(step);
