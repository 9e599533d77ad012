import { askForApproval, AskForApprovalInput } from '../lib/core/ask-for-approval.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Asks people, and notes which execution waits for their answer. */
export const step = defineStep({
  name: 'AskForApproval',
  input: AskForApprovalInput,
  uses: ['ledger', 'principals', 'notifications', 'metrics', 'answering'],
  run: askForApproval,
});
export const handler = lambda(step);
