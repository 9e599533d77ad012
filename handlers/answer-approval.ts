import { answerApproval, AnswerApprovalInput } from '../lib/core/answer-approval.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Takes the answers of people behind a function URL; it alone may end their executions' wait. */
export const step = defineStep({
  name: 'AnswerApproval',
  input: AnswerApprovalInput,
  uses: ['ledger', 'taskTokens'],
  run: answerApproval,
});
export const handler = lambda(step);
