import { allocateAttempt } from './allocate-attempt.ts';
import { isPastDelete } from './ledger.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import { isIn, placesOf } from './places.ts';
import type { EntryRef, Incarnation } from './shapes.ts';
import { isTooSoon, settledPrincipal, start } from './sweep-rebinds.ts';
import type { Sweep } from './sweep-rebinds.ts';
import { countVerdicts, orTell, tellNotSearched } from './sweep-tally.ts';

// As long as a journal past its delete is taken to be its execution's own: after that, a person is asked before a create.
const OWN_SECONDS = 3_600;

/**
 * Takes up the open journals of a place: entries that we deleted, and that nobody has brought back for an hour. Answers how many
 * journals were open, the younger ones too.
 */
export async function sweepJournals(sweep: Sweep): Promise<number> {
  const { place, tally, world } = sweep;
  const all = await world.ports.ledger.withOpenJournal();
  const open = all.filter(({ entry }) => isIn(place, entry));
  for (const { entry, journal } of open) {
    await orTell(tally, entry, async () => {
      if (!(await world.ports.accessEntries.describe(entry))) countVerdicts(tally, ['missing']);
    });
    const age = Date.parse(sweep.now) - Date.parse(String(journal?.deletingSince));
    if (!(age >= OWN_SECONDS * 1000)) continue;
    await orTell(tally, entry, async () => {
      const incarnation = await settledPrincipal(entry, sweep);
      if (incarnation) await takeUp(entry, incarnation, sweep);
    });
  }
  return open.length + tellOfStrays(all, sweep);
}

/** Tells of journals in places that are looked after no more, a member or a region taken from the settings: once, by the first place. */
function tellOfStrays(all: readonly LedgerRecord[], { place, tally, world }: Sweep): number {
  const places = placesOf(world.ports);
  if (places.findIndex((one) => isIn(one, place)) !== 0) return 0;
  const strays = all.filter(({ entry }) => !places.some((one) => isIn(one, entry)));
  for (const { entry } of strays) {
    const { accountId, region, clusterName, principalArn } = entry;
    const reason = `NotLookedAfter: a rebind deleted the entry of ${principalArn}; take its place into the settings again`;
    tellNotSearched(tally, { accountId, region, clusterName, reason, mustSearch: true });
  }
  return strays.length;
}

async function takeUp(entry: EntryRef, incarnation: Incarnation, sweep: Sweep): Promise<void> {
  const { now, executionArn, tally, world } = sweep;
  const { ledger, accessEntries, rebinds } = world.ports;
  const record = (await ledger.read(entry))?.record;
  // The list of open journals may be some seconds behind.
  if (!record || !isPastDelete(record.journal)) return;
  const { journal } = record;
  if (await isLeftToPeople(record, journal, incarnation, sweep)) return;
  const [rebind] = await start([entry], incarnation, sweep);
  if (rebind?.status !== 'needsRedrive') return;
  // Its execution has failed, and nobody has redriven it for an hour: another attempt takes its lease.
  const cause = { kind: 'sweep' as const, sourceExecutionArn: executionArn };
  const entryArn = (await accessEntries.describe(entry))?.entryArn;
  const next = await allocateAttempt({ entry, entryArn, incarnation, cause, now }, world.ports, journal.holder);
  if (next.status !== 'allocated') return;
  await rebinds.start(next.name, next.input);
  tally.started += 1;
  tally.needsRedrive -= 1;
}

/** Whether the last attempt came to an end that another would come to as well: people were asked, say. */
async function isLeftToPeople(
  record: LedgerRecord,
  journal: Journal,
  { principalId }: Incarnation,
  sweep: Sweep,
): Promise<boolean> {
  // An attempt of this very sweep was allocated before the sweep was killed, and may not have been started.
  if (journal.cause.sourceExecutionArn === sweep.executionArn) return false;
  if (journal.incarnation.principalId !== principalId) return false;
  const name = journal.holder.slice(journal.holder.lastIndexOf(':') + 1);
  const { status, outcome } = await sweep.world.ports.rebinds.describe(name);
  return status === 'SUCCEEDED' && isTooSoon(record, journal, outcome, sweep);
}
