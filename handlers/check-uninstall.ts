import { checkUninstall, CheckUninstallInput } from '../lib/core/check-uninstall.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Refuses the stack's deletion while an access entry is deleted and not yet made again, or a rebind could be about to. */
export const step = defineStep({
  name: 'CheckUninstall',
  input: CheckUninstallInput,
  uses: ['ledger', 'runningRebinds', 'stackResponses'],
  run: checkUninstall,
});
export const handler = lambda(step);
