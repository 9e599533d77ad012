import { decide } from './decide.ts';
import { judgeEntry } from './entry-verdict.ts';
import { leftBehind } from './inherited-journal.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import { isPastDelete } from './ledger.ts';
import { lostTagNotes, modeNotes } from './outcome-notes.ts';
import { planFix } from './plan-fix.ts';
import type { LeftAlone, PlannedEntry, PlanPorts } from './plan-fix.ts';
import { plannedJournal } from './planned-journal.ts';
import type { Beginning } from './planned-journal.ts';
import { ownerNotes } from './prevention.ts';
import { principalOf } from './principal-of.ts';
import type { Snapshot } from './shapes.ts';
import { differences } from './snapshot.ts';
import { comparePolicies, readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { takeoverOf } from './takeover.ts';

/** The times of a plan to undo. */
interface UndoOptions {
  readonly now: string;
  readonly batchSize?: number;
}

/**
 * Says how an entry that was rebound would get back what it had then, where that has since been changed or lost. What was begun
 * and never finished is finished instead. Writes nothing.
 */
export async function planUndo(
  { entry, journal, ...record }: LedgerRecord,
  options: UndoOptions,
  ports: PlanPorts,
): Promise<PlannedEntry> {
  const leave = (explanation: string): LeftAlone => ({ entry, verdict: 'notApplicable', explanation, action: 'none' });
  const was = journal?.snapshot;
  if (!was || (journal.deletingSince === undefined && !journal.replaces))
    return leave('nothing of it was ever changed');
  const cluster = await ports.clusters.describe(entry, entry.clusterName);
  if (!cluster) return leave('there is no such cluster');
  const standing = await readStanding(entry, ports.accessEntries);
  if (isPastDelete(journal) && leftBehind(journal, standing) !== 'whole') return planFix(entry, options, ports);
  const principal = await ports.principals.read(principalOf(entry));
  if (!principal) return leave('IAM shows no such principal: nobody could use the entry');
  const beginning = beginningOf(journal, was, standing);
  if (!beginning) return { ...leave('it has all that it had'), verdict: 'healthy' };

  const after = beginning.snapshot;
  const { now, batchSize } = options;
  const planned = plannedJournal(journal, principal, { now, batchSize, beginning });
  const takeover = takeoverOf(planned, planned.holder, now);
  const known = { ...record, entry };
  const decided = await decide(
    { entry, record: known, journal: planned, snapshot: after, principal, now, takeover },
    ports,
  );
  const { action, reasons, digest } = decided;
  const { authenticationMode } = cluster;
  const { settleSeconds } = ports.settings;
  const facts = standing && { entry: standing.entry, principal, record: known, authenticationMode, settleSeconds };
  return {
    entry,
    verdict: facts ? judgeEntry(facts).verdict : 'missing',
    explanation: standing ? 'it is not as it was' : 'it is gone',
    ...(standing && { entryCreatedAt: standing.entry.createdAt, before: standing.snapshot }),
    principalCreatedAt: principal.createdAt,
    action,
    reasons,
    notes: [...modeNotes(cluster), ...lostTagNotes(standing?.snapshot ?? after), ...ownerNotes(after, principal)],
    incarnation: planned.incarnation,
    ...(principal.trustPolicy !== undefined && { trustPolicy: principal.trustPolicy }),
    after,
    digest,
    beginning,
  };
}

/** How far the way back has come already; undefined where the entry is as it was. */
function beginningOf(
  { deletingSince, deletedBy }: Journal,
  was: Snapshot,
  standing: Standing | undefined,
): (Beginning & { readonly snapshot: Snapshot }) | undefined {
  if (!standing) {
    const doubt = 'the entry was made again once, and is gone since: a person wants it back';
    return { phase: 'deleting', snapshot: was, doubt, ...sentBy(deletingSince, deletedBy) };
  }
  const { snapshot: is, entry } = standing;
  if (differences(was, is, { policies: true }).length === 0) return undefined;
  const isOnlyLess =
    differences(was, is, { policies: false }).length === 0 && comparePolicies(was, is).foreign.length === 0;
  if (isOnlyLess && is.entryArn !== was.entryArn) {
    const doubt = 'policies were taken from the entry: a person wants them back';
    return { phase: 'created', snapshot: was, newEntryArn: is.entryArn, doubt, ...sentBy(entry.createdAt, deletedBy) };
  }
  const { entryArn, createdAt, lostTags } = is;
  return { phase: 'planned', snapshot: { ...was, entryArn, createdAt, lostTags }, replaces: is };
}

const sentBy = (deletingSince: string | undefined, deletedBy: string | undefined) => ({
  ...(deletingSince !== undefined && { deletingSince }),
  ...(deletedBy !== undefined && { deletedBy }),
});
