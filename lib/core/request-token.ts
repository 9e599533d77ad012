import { createHash } from 'node:crypto';
import { canonicalJson } from './same-json.ts';
import type { JournalKey, Snapshot } from './shapes.ts';

/**
 * The `clientRequestToken` of a create: the same for the same journal and snapshot, so that a create whose answer was lost
 * can be sent again, and another one for Preflight's probe.
 */
export function requestToken(
  purpose: 'probe' | 'create',
  { entry, generation }: JournalKey,
  snapshot: Snapshot,
): string {
  const { accountId, region, clusterName, principalArn } = entry;
  const meaning = [purpose, accountId, region, clusterName, principalArn, generation, snapshot];
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex');
}
