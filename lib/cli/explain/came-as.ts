import type { Explanation } from './explanation.ts';
import type { TurnedAway } from './read-log.ts';

/** What the id that came says, compared with the one that the principal has now. */
export function cameAs({ userId, principalArn }: TurnedAway, explained: readonly Explanation[]): string {
  const ids = [...new Set(explained.map(({ evidence }) => evidence.principalId).filter((id) => id !== undefined))];
  const now = ids[0];
  if (userId === undefined) {
    return `the line does not tell which id came; a line msg="STS response" of the same attempt does (userid)${now === undefined ? '' : `: the principal's is ${now} now`}`;
  }
  if (now === undefined) return `${userId} came, and IAM shows no living principal ${principalArn} to compare it with`;
  if (userId !== now) {
    return `${userId} came, and the principal's id is ${now}: that is a session of an earlier one, which no entry made for the living one answers. Get new credentials (a node: replace it)`;
  }
  if (explained.some(({ verdict }) => verdict === 'stale')) {
    return `${userId} came, which is the living principal: its entry holds the id of an earlier one`;
  }
  return `${userId} came, which is the living principal`;
}
