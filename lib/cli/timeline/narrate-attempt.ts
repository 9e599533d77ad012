import type { Attempt } from '../stage/entry-watch.ts';
import { roleNameOf } from './narrate-rebind.ts';
import type { Scene } from './timeline.ts';

/** Tells of somebody who tried to get into clusters, and how each was answered. The seconds until an entry takes effect are no news. */
export function narrateAttempt(
  { at, entries, answer }: Attempt,
  whoIs: (principalArn: string) => string,
): Scene | undefined {
  if (answer.status === 401 && answer.reason === 'the entry is not in effect yet') return undefined;
  const arn = entries[0]?.principalArn ?? '';
  const about = { role: roleNameOf(arn), places: entries };
  const common = { at, who: whoIs(arn), about, isReaction: true };
  return answer.status === 200
    ? { ...common, what: `200, ${answer.username}`, tone: 'good' }
    : { ...common, what: `401, ${answer.reason}`, tone: 'bad' };
}
