import type { Journal, LedgerRecord } from './ledger.ts';
import type { Ports } from './ports.ts';
import { principalOf } from './principal-of.ts';
import { startRebinds } from './start-rebinds.ts';
import type { StartRebindsInput, StartRebindsOutput } from './start-rebinds.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef, Incarnation, Place } from './shapes.ts';
import { orTell } from './sweep-tally.ts';
import type { SweepTotals } from './sweep-tally.ts';
import type { SweepWorld } from './sweep-world.ts';
import { secondsBetween } from './times.ts';

/** One call of a place's sweep. */
export interface Sweep {
  readonly place: Place;
  readonly now: string;
  /** The execution that sweeps the place. */
  readonly executionArn: string;
  readonly world: SweepWorld;
  readonly tally: SweepTotals;
}

// CloudTrail delivers within about 5 minutes on average, and EventBridge rarely later: by a quarter of an hour the event came, or won't.
const EVENT_SECONDS = 900;
const AGAIN_SECONDS = 86_400;
const AFTER_A_WAIT: readonly string[] = ['NeedsApproval', 'Unanswered', 'Denied'];

/** The principal of an entry, if it lives, is exactly the one the entry names, and is so old that an event would have come. */
export async function settledPrincipal(entry: EntryRef, { world, now }: Sweep): Promise<Incarnation | undefined> {
  const { principalArn } = entry;
  const reading = await world.read(principalOf(entry));
  if (reading?.arn !== principalArn) return undefined;
  const { principalId, createdAt } = reading;
  const passed = await world.living(principalArn);
  if (passed && passed.principalId !== principalId) return undefined;
  const seconds = Math.max(world.ports.settings.settleSeconds, EVENT_SECONDS);
  return secondsBetween(createdAt, now) >= seconds ? { principalArn, principalId, createdAt } : undefined;
}

/** Starts a rebind for each stale entry whose principal has settled, all of one incarnation together. */
export async function rebindStale(stale: readonly EntryRef[], sweep: Sweep): Promise<void> {
  const { tally, world, executionArn } = sweep;
  const groups = new Map<string, { incarnation: Incarnation; first: EntryRef; entries: EntryRef[] }>();
  for (const entry of stale) {
    await orTell(tally, entry, async () => {
      const incarnation = await settledPrincipal(entry, sweep);
      if (!incarnation) return;
      const record = (await world.ports.ledger.read(entry))?.record;
      const journal = journalOf(record, incarnation);
      // A journal of this very execution was written before it was killed and began again.
      if (!journal || journal.cause.sourceExecutionArn === executionArn) tally.missedEvents += 1;
      if (record && journal?.phase === 'closed' && (await isTooSoon(record, journal, journal.outcome?.name, sweep)))
        return;
      const group = groups.get(incarnation.principalId) ?? { incarnation, first: entry, entries: [] };
      group.entries.push(entry);
      groups.set(incarnation.principalId, group);
    });
  }
  for (const { incarnation, first, entries } of groups.values()) {
    await orTell(tally, first, () => start(entries, incarnation, sweep));
  }
}

/** Starts rebinds, or finds them started, and counts them. */
export async function start(
  entries: readonly EntryRef[],
  incarnation: Incarnation,
  sweep: Sweep,
): Promise<StartRebindsOutput['rebinds']> {
  const { now, executionArn, world, tally } = sweep;
  const cause = { kind: 'sweep' as const, sourceExecutionArn: executionArn };
  const wanted: StartRebindsInput = {
    schemaVersion: SCHEMA_VERSION,
    entries: [...entries],
    incarnation,
    cause,
    executionArn,
    now,
  };
  const { rebinds } = await startRebinds(wanted, world.ports);
  for (const { status } of rebinds) {
    if (status === 'started' || status === 'running') tally.started += 1;
    if (status === 'needsRedrive') tally.needsRedrive += 1;
  }
  return rebinds;
}

const journalOf = (record: LedgerRecord | undefined, { principalId }: Incarnation) =>
  record?.journal?.incarnation.principalId === principalId ? record.journal : undefined;

/** Whether it is too soon for another attempt: a day after the last one, unless somebody has approved since. */
export async function isTooSoon(
  { asked }: LedgerRecord,
  { startedAt, incarnation }: Journal,
  outcome: string | undefined,
  { now, world: { ports } }: Sweep,
): Promise<boolean> {
  // The journal tells when an attempt began. One that waited for an answer may have ended that much later.
  const waited = AFTER_A_WAIT.includes(String(outcome)) ? ports.settings.approvalSeconds : 0;
  if (secondsBetween(startedAt, now) >= AGAIN_SECONDS + waited) return false;
  for (const { principalId, questionId } of asked) {
    if (principalId !== incarnation.principalId || questionId === undefined) continue;
    if (await isApprovedSince(questionId, startedAt, ports)) return false;
  }
  return true;
}

async function isApprovedSince(questionId: string, since: string, { ledger }: Pick<Ports, 'ledger'>) {
  const answer = (await ledger.readQuestion(questionId))?.question.answers.at(-1);
  return answer?.verdict === 'approved' && Date.parse(answer.at) >= Date.parse(since);
}
