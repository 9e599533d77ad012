import type { WriteOptions } from '../commands/common-options.ts';
import type { Terminal } from '../io.ts';

/** Whether to go ahead: `nobody`: nobody said yes, and nobody was there to be asked. */
export type Consent = 'given' | 'dry-run' | 'declined' | 'nobody';

/** Asks whoever typed the command, unless they have said it already. */
export async function consentTo(what: string, { yes, dryRun }: WriteOptions, terminal: Terminal): Promise<Consent> {
  if (dryRun) return 'dry-run';
  if (yes) return 'given';
  if (!terminal.isInteractive) return 'nobody';
  const answer = await terminal.ask(`${what} Only 'yes' goes ahead: `);
  return answer.trim().toLowerCase() === 'yes' ? 'given' : 'declined';
}

/** What came of nothing, in words. */
export const WITHOUT_CONSENT: Readonly<Record<Exclude<Consent, 'given'>, string>> = {
  'dry-run': 'nothing was changed: a dry run; --yes goes ahead',
  declined: 'nothing was changed',
  nobody: 'nothing was changed: nobody was there to say yes; --yes goes ahead',
};

/** The exit code of a command that changed nothing for want of a yes. */
export const exitWithout = (consent: Exclude<Consent, 'given'>): 0 | 2 => (consent === 'dry-run' ? 0 : 2);
