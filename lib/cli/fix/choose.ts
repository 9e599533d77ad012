import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { WriteOptions } from '../commands/common-options.ts';
import type { Terminal } from '../io.ts';
import { type Consent, consentTo } from '../service/consent.ts';
import { nameOf } from './show-plan.ts';

/** What a person said yes to, or why nobody could. */
export interface Choice {
  readonly consent: Consent;
  readonly approved: readonly PlannedRebind[];
}

/** Asks about each entry that was shown, unless the command line has the answer. */
export async function choose(
  possible: readonly PlannedRebind[],
  options: WriteOptions,
  terminal: Terminal,
): Promise<Choice> {
  if (options.dryRun || options.yes || !terminal.isInteractive) {
    const consent = await consentTo('', options, terminal);
    return { consent, approved: consent === 'given' ? possible : [] };
  }
  const approved = await askOneByOne(possible, terminal);
  return { consent: approved.length > 0 ? 'given' : 'declined', approved };
}

async function askOneByOne(possible: readonly PlannedRebind[], { ask }: Terminal): Promise<PlannedRebind[]> {
  const approved: PlannedRebind[] = [];
  for (const [index, planned] of possible.entries()) {
    const answer = (await ask(`Make anew ${nameOf(planned.entry)}? 'yes', 'no', or 'all' from here on: `)).trim();
    if (answer.toLowerCase() === 'all') return [...approved, ...possible.slice(index)];
    if (answer.toLowerCase() === 'yes') approved.push(planned);
  }
  return approved;
}
