import { checkReturn, CheckReturnInput } from '../lib/core/check-return.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Reads whether a deleted principal has come back. */
export const step = defineStep({
  name: 'CheckReturn',
  input: CheckReturnInput,
  uses: ['ledger', 'principals'],
  run: checkReturn,
});
export const handler = lambda(step);
