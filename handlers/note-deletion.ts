import { noteDeletion, NoteDeletionInput } from '../lib/core/note-deletion.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Remembers that a principal was deleted. */
export const step = defineStep({
  name: 'NoteDeletion',
  input: NoteDeletionInput,
  uses: ['ledger'],
  run: noteDeletion,
});
export const handler = lambda(step);
