import { isClusterAdmin } from './access-policies.ts';
import type { Snapshot } from './shapes.ts';

/**
 * Which of two functions does a step: `admins` of entries with a cluster-wide admin policy, `others` of all the rest. Only the
 * roles of the first may associate such a policy at all.
 */
export type Hands = 'admins' | 'others';

/** Whose hands an entry's policies belong into, by what will be written back. */
export function handsFor({ policies }: Snapshot): Hands {
  return policies.some(isClusterAdmin) ? 'admins' : 'others';
}
