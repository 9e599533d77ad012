import { announceOutcome, AnnounceOutcomeInput } from '../lib/core/announce-outcome.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Tells the world how the rebind ended. */
export const step = defineStep({
  name: 'AnnounceOutcome',
  input: AnnounceOutcomeInput,
  uses: ['announcements', 'notifications', 'metrics'],
  run: announceOutcome,
});
export const handler = lambda(step);
