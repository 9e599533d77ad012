import { boundedOutcome } from './bounded-outcome.ts';
import { decide } from './decide.ts';
import { because } from './end-rebind.ts';
import { DeleteUnclear } from './errors.ts';
import type { LedgerRecord, PastDelete } from './ledger.ts';
import type { Ports } from './ports.ts';
import { principalOf } from './principal-of.ts';
import { beginRemoval, closeRemoval, lostIncarnation, openRemoval, removalJournal } from './removal-journal.ts';
import type { Removing } from './removal-journal.ts';
import type { Reason } from './shapes.ts';
import { isUnchanged, readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { tellOutcome } from './tell-outcome.ts';
import type { TellPorts } from './tell-outcome.ts';

/** How a removal went. */
type Removal = 'removed' | 'returned' | 'leftAlone' | 'gone';

type RemovalPorts = Pick<Ports, 'settings' | 'ledger' | 'principals' | 'accessEntries' | 'entryDeletion'> & TellPorts;

/** Why an orphaned entry stays, where it does: nobody asked for its removal, or what forbids a rebind forbids this too. */
export async function whyKept(
  record: LedgerRecord,
  { snapshot }: Standing,
  by: Removing,
  ports: RemovalPorts,
): Promise<Reason[] | undefined> {
  const { entry, journal } = record;
  const { orphans, mode } = ports.settings;
  if (orphans === 'report') return [];
  if (mode === 'ask')
    return [because('AskMode', 'the service asks before every write, and a removal is not asked about')];
  if (journal && journal.phase !== 'closed' && !openRemoval(record)) {
    return [because('JournalOpen', 'a rebind of this entry has not come to its end', { holder: journal.holder })];
  }
  const { principalId, createdAt } = lostIncarnation(record, snapshot);
  // Nothing is left of the principal but its name: a tag on it that opted it out is gone with it.
  const principal = { arn: entry.principalArn, principalId, createdAt, path: '/', tags: {} };
  const removal = removalJournal(record, snapshot, by);
  const decision = await decide({ entry, record, journal: removal, snapshot, principal, now: by.now }, ports);
  return decision.action === 'refuse' ? decision.reasons : undefined;
}

/** Deletes an entry whose principal is gone, after its snapshot is in the ledger and it was looked at once more. */
export async function removeOrphan(
  record: LedgerRecord,
  standing: Standing,
  by: Removing,
  ports: RemovalPorts,
): Promise<Removal> {
  const { ledger, principals, accessEntries, entryDeletion } = ports;
  const { entry } = record;
  const { snapshot } = standing;
  const wasBegun = openRemoval(record) !== undefined;
  const journal = removalJournal(record, snapshot, by);
  if (!(await beginRemoval(record, journal, ledger))) return 'leftAlone';
  const leaveAlone = async (rule: string, explanation: string) => {
    await closeRemoval(record, journal, { name: 'LeftToOwner', reasons: [because(rule, explanation)] }, ledger);
    return 'leftAlone' as const;
  };

  if (await principals.read(principalOf(entry))) {
    await leaveAlone('PrincipalReturned', 'the principal came back before its entry was removed');
    return 'returned';
  }
  const again = await readStanding(entry, accessEntries);
  if (again && !isSame(again, standing)) return leaveAlone('ChangedByOwner', 'the entry was changed meanwhile');
  const answer = again ? await entryDeletion.delete(entry) : 'already-gone';
  if (answer === 'already-gone' && !wasBegun) return leaveAlone('EntryGone', 'its owner deleted the entry meanwhile');
  if (answer === 'unclear') {
    const left = await readStanding(entry, accessEntries);
    if (left?.entry.entryArn === snapshot.entryArn) {
      throw new DeleteUnclear(
        `it is unknown whether EKS will delete '${snapshot.entryArn}': the answer was lost; try again`,
      );
    }
    if (left)
      return leaveAlone('ChangedByOwner', 'another entry stands where ours was to be deleted: its owner made it');
  }
  return finishRemoval(record, journal, ports);
}

const isSame = (is: Standing, was: Standing) =>
  isUnchanged(is, was.snapshot) && is.entry.modifiedAt === was.entry.modifiedAt;

/** Tells that the entry was removed, and closes the journal, which keeps the snapshot. */
export async function finishRemoval(
  record: LedgerRecord,
  removal: PastDelete,
  ports: TellPorts & Pick<Ports, 'ledger'>,
): Promise<'removed'> {
  const { incarnation, holder: executionArn, cause, snapshot, deletingSince } = removal;
  const { entry } = record;
  const explanation = 'its principal is gone; its configuration is kept in the ledger, and making it again always asks';
  const reasons = [because('OrphanRemoved', explanation, { deletingSince, entryArn: snapshot.entryArn })];
  const outcome = boundedOutcome({ name: 'OrphanRemoved', reasons, before: { ...snapshot } });
  await tellOutcome({ outcome, entry, incarnation, executionArn, cause }, ports);
  await closeRemoval(record, removal, outcome, ports.ledger);
  return 'removed';
}

/** Closes a removal that was begun, where its principal is back: with the entry gone, or with nothing done. */
export async function endRemovalOfReturned(record: LedgerRecord, ports: RemovalPorts): Promise<void> {
  const removal = openRemoval(record);
  if (!removal) return;
  if (!(await readStanding(record.entry, ports.accessEntries)))
    return void (await finishRemoval(record, removal, ports));
  const reasons = [because('PrincipalReturned', 'the principal came back before its entry was removed')];
  await closeRemoval(record, removal, { name: 'LeftToOwner', reasons }, ports.ledger);
}
