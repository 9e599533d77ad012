import { allocateAttempt } from './allocate-attempt.ts';
import type { LedgerRecord } from './ledger.ts';
import type { Incarnation } from './shapes.ts';
import { isTooSoon, settledPrincipal, start } from './sweep-rebinds.ts';
import type { Sweep } from './sweep-rebinds.ts';
import { countVerdicts, orTell } from './sweep-tally.ts';

// As long as a journal past its delete is taken to be its execution's own: after that, a person is asked before a create.
const OWN_SECONDS = 3_600;

/** Takes up the open journals of a region: entries that we deleted, and that nobody has brought back for an hour. */
export async function sweepJournals(sweep: Sweep): Promise<void> {
  const { region, tally, world } = sweep;
  const open = (await world.ports.ledger.withOpenJournal()).filter(({ entry }) => entry.region === region);
  for (const record of open) {
    const { entry, journal } = record;
    await orTell(tally, entry, async () => {
      if (!(await world.ports.accessEntries.describe(entry))) countVerdicts(tally, ['missing']);
    });
    const age = Date.parse(sweep.now) - Date.parse(String(journal?.deletingSince));
    if (!(age >= OWN_SECONDS * 1000)) continue;
    await orTell(tally, entry, async () => {
      const incarnation = await settledPrincipal(entry, sweep);
      if (incarnation) await takeUp(record, incarnation, sweep);
    });
  }
}

async function takeUp(record: LedgerRecord, incarnation: Incarnation, sweep: Sweep): Promise<void> {
  const { now, executionArn, tally, world } = sweep;
  const { entry } = record;
  const [rebind] = await start([entry], incarnation, sweep);
  const journal = (await world.ports.ledger.read(entry))?.record.journal;
  if (!rebind || !journal || journal.phase === 'closed') return;
  // Its execution has ended, by a failure or by a question that nobody answered, and left the journal open.
  const isLeft =
    rebind.status === 'needsRedrive' || (rebind.status === 'done' && !(await isTooSoon(record, journal, sweep)));
  if (!isLeft) return;
  const cause = { kind: 'sweep' as const, sourceExecutionArn: executionArn };
  const entryArn = (await world.ports.accessEntries.describe(entry))?.entryArn;
  const next = await allocateAttempt({ entry, entryArn, incarnation, cause, now }, world.ports, journal.holder);
  if (next.status !== 'allocated') return;
  await world.ports.rebinds.start(next.name, next.input);
  tally.started += 1;
  if (rebind.status === 'needsRedrive') tally.needsRedrive -= 1;
}
