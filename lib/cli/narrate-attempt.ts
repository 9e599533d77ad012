import type { EntryRef } from '../local/eks/access-entry.ts';
import type { Attempt } from './entry-watch.ts';
import type { Scene } from './timeline.ts';

/** Tells of somebody who tried to get into clusters, and how each was answered. */
export function narrateAttempt({ at, entries, answer }: Attempt, whoIs: (principalArn: string) => string): Scene {
  const arn = entries[0]?.principalArn ?? '';
  const where = entries.map(({ clusterName, region }: EntryRef) => `${clusterName} (${region})`).join(', ');
  const role = arn.split('/').at(-1);
  return answer.status === 200
    ? { at, who: whoIs(arn), what: `${role} gets into ${where}: 200, as ${answer.username}`, tone: 'good' }
    : { at, who: whoIs(arn), what: `${role} at ${where}: 401 Unauthorized (${answer.reason})`, tone: 'bad' };
}
