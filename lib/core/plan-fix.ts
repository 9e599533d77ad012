import { decide } from './decide.ts';
import { judgeEntry } from './entry-verdict.ts';
import { leftBehind } from './inherited-journal.ts';
import type { LedgerRecord } from './ledger.ts';
import { isPastDelete } from './ledger.ts';
import { lostTagNotes, modeNotes } from './outcome-notes.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import { plannedJournal } from './planned-journal.ts';
import type { Beginning } from './planned-journal.ts';
import { ownerNotes } from './prevention.ts';
import { principalOf } from './principal-of.ts';
import type { Decision, EntryRef, Incarnation, Reason, Snapshot, Verdict } from './shapes.ts';
import { readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { takeoverOf } from './takeover.ts';
import { newRecord } from './update-record.ts';

/** What a plan is made from. */
export type PlanPorts = Pick<Ports, 'settings' | 'ledger' | 'clusters' | 'principals' | 'accessEntries'>;

/** An entry, how it stands to its principal, and why. */
interface Looked {
  readonly entry: EntryRef;
  readonly verdict: Verdict;
  readonly explanation: string;
  /** When the entry that stands was made. */
  readonly entryCreatedAt?: string;
  readonly principalCreatedAt?: string;
}

/** An entry that needs nothing, or that nothing can be done about. */
export interface LeftAlone extends Looked {
  readonly action: 'none';
}

/** An entry that would be made anew, with all that a person has to see before they say yes. */
export interface PlannedRebind extends Looked {
  /** The guard's word: `ask` counts as yes once a person said so, `refuse` never. */
  readonly action: Decision['action'];
  readonly reasons: readonly Reason[];
  /** What the person should know besides: who owns it, what is lost, what would have prevented it. */
  readonly notes: readonly Reason[];
  readonly incarnation: Incarnation;
  /** Who may become the principal; users have none. */
  readonly trustPolicy?: string;
  /** The entry as it stands; absent where it is gone. */
  readonly before?: Snapshot;
  /** The entry as it will be made. */
  readonly after: Snapshot;
  /** Of exactly this: what an approval is of. */
  readonly digest: string;
  /** Where it is an undo: what its attempt begins with. */
  readonly beginning?: Beginning;
}

/** What is to become of one entry. */
export type PlannedEntry = LeftAlone | PlannedRebind;

/** Looks at an entry as the workflow would, and says what it would do. Writes nothing. */
export async function planFix(
  entry: EntryRef,
  { now, batchSize }: { readonly now: string; readonly batchSize?: number },
  ports: PlanPorts,
): Promise<PlannedEntry> {
  const record = (await ports.ledger.read(entry))?.record ?? newRecord(entry);
  const cluster = await ports.clusters.describe(entry, entry.clusterName);
  if (!cluster) return { entry, verdict: 'notApplicable', explanation: 'there is no such cluster', action: 'none' };
  const principal = await ports.principals.read(principalOf(entry));
  const standing = await readStanding(entry, ports.accessEntries);
  const looked = look({ entry, record, standing, principal, authenticationMode: cluster.authenticationMode }, ports);
  if (!principal || (looked.verdict !== 'stale' && looked.verdict !== 'missing')) return { ...looked, action: 'none' };

  const { journal } = record;
  const left = isPastDelete(journal) ? leftBehind(journal, standing) : 'whole';
  // What a rebind left unfinished is finished as its snapshot has it; everything else is made again as it stands.
  const after = isPastDelete(journal) && left !== 'whole' ? journal.snapshot : standing?.snapshot;
  if (!after || left === 'owners') return { ...looked, action: 'none' };
  const planned = plannedJournal(journal, principal, { now, batchSize });
  const takeover = left === 'whole' ? undefined : takeoverOf(planned, planned.holder, now);
  const decided = await decide({ entry, record, journal: planned, snapshot: after, principal, now, takeover }, ports);
  const { action, reasons, digest } = decided;
  const notes = [...modeNotes(cluster), ...lostTagNotes(after), ...ownerNotes(after, principal)];
  const { trustPolicy } = principal;
  const before = { ...(standing && { before: standing.snapshot }), ...(trustPolicy !== undefined && { trustPolicy }) };
  return { ...looked, action, reasons, notes, incarnation: planned.incarnation, ...before, after, digest };
}

interface Seen {
  readonly entry: EntryRef;
  readonly record: LedgerRecord;
  readonly standing: Standing | undefined;
  readonly principal: PrincipalReading | undefined;
  readonly authenticationMode: string;
}

/** The verdict; an entry that a rebind left without all it had is missing, too. */
function look(
  { entry, record, standing, principal, authenticationMode }: Seen,
  { settings: { settleSeconds } }: PlanPorts,
): Looked {
  const { journal } = record;
  const times = {
    ...(standing && { entryCreatedAt: standing.entry.createdAt }),
    ...(principal && { principalCreatedAt: principal.createdAt }),
  };
  if (isPastDelete(journal)) {
    const left = leftBehind(journal, standing);
    const since = `deleted at ${journal.deletingSince} to be made again`;
    if (left === 'gone')
      return { entry, verdict: 'missing', explanation: `the entry was ${since}, and is not back`, ...times };
    if (left === 'unfinished') {
      const explanation = `the entry was ${since}, and does not have all of its policies back`;
      return { entry, verdict: 'missing', explanation, ...times };
    }
  }
  if (!standing) return { entry, verdict: 'notApplicable', explanation: 'there is no such entry', ...times };
  const facts = {
    entry: standing.entry,
    principal: principal ?? ('absent' as const),
    record,
    authenticationMode,
    settleSeconds,
  };
  return { entry, ...judgeEntry(facts), ...times };
}
