import { isPastDelete } from './ledger.ts';
import type { Journal } from './ledger.ts';

const HOUR = 60 * 60 * 1000;

/** Why a journal past its delete must not simply be finished: an owner may have deleted the entry meanwhile, and mean it. */
export function takeoverOf(journal: Journal, holder: string, now: string): string | undefined {
  if (!isPastDelete(journal)) return undefined;
  const { deletingSince, deletedBy, doubt } = journal;
  if (doubt) return doubt;
  if (deletedBy !== holder)
    return `the entry's delete was begun by another execution (${deletedBy}) at ${deletingSince}`;
  if (Date.parse(now) - Date.parse(deletingSince) > HOUR)
    return `the entry's delete was begun over an hour ago, at ${deletingSince}`;
  return undefined;
}
