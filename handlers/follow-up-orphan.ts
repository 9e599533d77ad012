import { followUpOrphan, FollowUpOrphanInput } from '../lib/core/follow-up-orphan.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Reports an entry whose principal is gone, or removes it where settings say so. */
export const step = defineStep({
  name: 'FollowUpOrphan',
  input: FollowUpOrphanInput,
  uses: [
    'ledger',
    'principals',
    'clusters',
    'accessEntries',
    'entryDeletion',
    'announcements',
    'notifications',
    'metrics',
  ],
  run: followUpOrphan,
});
export const handler = lambda(step);
