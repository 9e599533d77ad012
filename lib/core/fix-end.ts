import type { OutcomeName } from './shapes.ts';

// After these nobody has to do anything about the entry: it is as it should be, or its owner's business.
const WELL: readonly OutcomeName[] = ['Rebound', 'NotStale', 'LeftToOwner'];

/** Whether an entry that ended so needs no more doing. */
export const isWell = (end: string): boolean => WELL.some((name) => name === end);
