import { readEvent, ReadEventInput } from '../lib/core/read-event.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Reads what an event tells of which principal, and where to look because of it. */
export const step = defineStep({
  name: 'ReadEvent',
  input: ReadEventInput,
  uses: ['ownAccount'],
  run: readEvent,
});
export const handler = lambda(step);
