import * as v from 'valibot';
import { absenceSeconds, noteAbsence, notePresence } from './absence.ts';
import type { Absent } from './absence.ts';
import { boundedOutcome } from './bounded-outcome.ts';
import { because } from './end-rebind.ts';
import type { Ports } from './ports.ts';
import { principalOf } from './principal-of.ts';
import { lostIncarnation, openRemoval } from './removal-journal.ts';
import { endRemovalOfReturned, finishRemoval, removeOrphan, whyKept } from './remove-orphan.ts';
import { whyWithoutEntries } from './search-cluster.ts';
import { Cause, EntryRef, IsoTime, SCHEMA_VERSION } from './shapes.ts';
import type { Reason } from './shapes.ts';
import { readStanding } from './standing-entry.ts';
import type { Standing } from './standing-entry.ts';
import { tellOutcome } from './tell-outcome.ts';
import type { TellPorts } from './tell-outcome.ts';
import { updateRecord } from './update-record.ts';

/** Which entry may be orphaned, and who looks. */
export const FollowUpOrphanInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  entry: EntryRef,
  now: IsoTime,
  executionArn: v.string(),
  cause: Cause,
});
export type FollowUpOrphanInput = v.InferOutput<typeof FollowUpOrphanInput>;

/**
 * What became of it. `returned`: its principal lives. `notYet`: IAM hasn't shown it absent for long enough. `gone`: there is no
 * such entry. `reported`: people were told, now or earlier in this absence. `leftAlone`: it changed under our hands.
 */
export interface FollowUpOrphanOutput {
  readonly schemaVersion: 1;
  readonly entry: EntryRef;
  readonly status: 'returned' | 'notYet' | 'gone' | 'reported' | 'removed' | 'leftAlone';
}

/** What following up an orphan reaches. */
export type OrphanPorts = Pick<
  Ports,
  'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'entryDeletion'
> &
  TellPorts;

/** Follows the orphan policy for one entry whose principal may be gone. Nothing is done before it is known to be. */
export async function followUpOrphan(input: FollowUpOrphanInput, ports: OrphanPorts): Promise<FollowUpOrphanOutput> {
  const { entry, now } = input;
  const { principals, ledger } = ports;
  const told = (status: FollowUpOrphanOutput['status']) => ({ schemaVersion: SCHEMA_VERSION, entry, status }) as const;
  if (await principals.read(principalOf(entry))) {
    await endRemovalOfReturned(await notePresence(entry, ledger), ports);
    return told('returned');
  }
  const record = await noteAbsence(entry, now, ledger);
  const absentMs = Date.parse(now) - Date.parse(record.absentSince);
  if (absentMs < absenceSeconds(ports.settings.settleSeconds) * 1000) return told('notYet');
  return told(await followUp(record, input, ports));
}

async function followUp(
  record: Absent,
  input: FollowUpOrphanInput,
  ports: OrphanPorts,
): Promise<FollowUpOrphanOutput['status']> {
  const { entry } = record;
  const begun = openRemoval(record);
  const cluster = await ports.clusters.describe(entry, entry.clusterName);
  if (cluster && whyWithoutEntries(cluster)) return 'gone';
  const standing = cluster && (await readStanding(entry, ports.accessEntries));
  if (!standing) return begun ? finishRemoval(record, begun, ports) : 'gone';
  const kept = await whyKept(record, standing, input, ports);
  return kept ? report(record, standing, { input, kept }, ports) : removeOrphan(record, standing, input, ports);
}

/** Tells people of the orphan, once for each absence. */
async function report(
  record: Absent,
  { snapshot }: Standing,
  { input, kept }: { input: FollowUpOrphanInput; kept: readonly Reason[] },
  ports: TellPorts & Pick<Ports, 'ledger'>,
): Promise<'reported'> {
  const { entry, absentSince, orphanReportedAt } = record;
  if (orphanReportedAt !== undefined && Date.parse(orphanReportedAt) >= Date.parse(absentSince)) return 'reported';
  const { now, executionArn, cause } = input;
  const evidence = { absentSince, entryArn: snapshot.entryArn };
  const orphaned = because('orphaned', 'IAM shows no such principal, twice, minutes apart', evidence);
  const outcome = boundedOutcome({ name: 'Orphaned', reasons: [orphaned, ...kept], before: { ...snapshot } });
  const incarnation = lostIncarnation(record, snapshot);
  await tellOutcome({ outcome, entry, incarnation, executionArn, cause }, ports);
  await updateRecord<void>(entry, ports.ledger, (current) => ({
    record: { ...current, orphanReportedAt: now },
    answer: undefined,
  }));
  return 'reported';
}
