import { sweepRegion, SweepRegionInput } from '../lib/core/sweep-region.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Looks at every access entry of a region of an account, as far as one call gets, and starts the rebinds that no event started. */
export const step = defineStep({
  name: 'SweepRegion',
  input: SweepRegionInput,
  uses: [
    'ownAccount',
    'clusters',
    'accessEntries',
    'principals',
    'allPrincipals',
    'ledger',
    'rebinds',
    'entryDeletion',
    'announcements',
    'notifications',
    'metrics',
  ],
  run: sweepRegion,
});
export const handler = lambda(step);
