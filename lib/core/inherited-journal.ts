import { decide } from './decide.ts';
import { askOrEnd } from './ask-or-end.ts';
import { created } from './journal-phases.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import type { PastDelete } from './ledger.ts';
import { leaveToOwner } from './left-to-owner.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import type { Snapshot } from './shapes.ts';
import { differences } from './snapshot.ts';
import { comparePolicies, looksOurs } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { goOnWith } from './step-result.ts';
import type { StepResult } from './step-result.ts';
import { takeoverOf } from './takeover.ts';

/** What stands now where a journal is past its delete. */
interface Found {
  readonly standing: Standing | undefined;
  readonly principal: PrincipalReading;
  readonly now: string;
}

/**
 * Sorts what an earlier execution left behind past its delete. Undefined: the entry is whole, and is looked at like any
 * other. Otherwise a person is asked whether to finish the job, unless the entry is in its owner's hands.
 */
export async function takeOver(
  lease: Lease,
  journal: PastDelete,
  { standing, principal, now }: Found,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<StepResult | undefined> {
  const { key, record } = lease;
  const { snapshot: was } = journal;
  const { ledger } = ports;
  const left = leftBehind(journal, standing);
  if (left === 'whole') return undefined;
  if (standing && left === 'owners') {
    const explanation = "an entry stands that is not as an earlier rebind would have made it again: it is its owner's";
    return leaveToOwner(lease, was, standing, explanation, ledger);
  }
  const takeover = takeoverOf(journal, key.holder, now);
  const decision = await decide({ entry: key.entry, record, journal, snapshot: was, principal, now, takeover }, ports);
  if (decision.action === 'rebind') return finish(lease, journal, standing, ledger);
  const where = standing ? 'the entry is back, but not all of its policies' : 'the entry is gone: a rebind deleted it';
  return askOrEnd(lease, decision, { now, standing: where, ledger, settings: ports.settings });
}

/** Goes on where the journal stands. An entry of ours that came back without its journal hearing of it is noted. */
async function finish(
  lease: Lease,
  journal: PastDelete,
  standing: Standing | undefined,
  ledger: Ports['ledger'],
): Promise<StepResult> {
  const { snapshot } = journal;
  if (!standing || journal.phase === 'created') return goOnWith(snapshot);
  const written = await writeJournal(lease, ledger, created(journal, standing.entry.entryArn));
  return 'next' in written ? written : goOnWith(snapshot);
}

/**
 * What a journal past its delete finds of its entry: nothing, our new one without all of its policies, one that is not ours, or
 * one that needs no finishing.
 */
export function leftBehind(
  journal: PastDelete,
  standing: Standing | undefined,
): 'gone' | 'unfinished' | 'owners' | 'whole' {
  if (!standing) return 'gone';
  if (isWhole(journal.snapshot, standing)) return 'whole';
  return isUnfinished(journal, standing) ? 'unfinished' : 'owners';
}

/** The old entry was never deleted (then it is as its owner wants it), or the new one has all that the old one had. */
function isWhole(was: Snapshot, { snapshot: is }: Standing): boolean {
  return is.entryArn === was.entryArn || differences(was, is, { policies: true }).length === 0;
}

function isUnfinished({ snapshot: was, deletingSince }: PastDelete, standing: Standing): boolean {
  const { missing, foreign } = comparePolicies(was, standing.snapshot);
  const isOurs = looksOurs(standing, was, deletingSince);
  return isOurs && foreign.length === 0 && missing.length > 0;
}
