import { planFix, type PlannedEntry, type PlannedRebind, type PlanPorts } from '../../core/plan-fix.ts';
import { planUndo } from '../../core/plan-undo.ts';
import { reasonOf } from '../../core/search-cluster.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { newRecord } from '../../core/update-record.ts';
import type { LedgerRecord } from '../../core/ledger.ts';
import type { Clock } from '../../runtime.ts';
import { eachOf } from '../scan/each-of.ts';
import type { NotEvaluated } from '../scan/scan-result.ts';

/** What is to become of the entries, and which of them could not be looked at. */
export interface Plan {
  readonly entries: readonly PlannedEntry[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** What planning needs. */
interface PlanWorld {
  readonly ports: PlanPorts;
  readonly clock: Clock;
  /** How many entries at once. */
  readonly concurrency: number;
}

/** Looks at each entry as the workflow would. One that can't be looked at holds up no other. */
export function planEntries(entries: readonly EntryRef[], world: PlanWorld): Promise<Plan> {
  return planEach(entries, world, (entry, options) => planFix(entry, options, world.ports));
}

/** The same for what is to be undone, by the records of what was done. */
export function planUndoing(records: readonly LedgerRecord[], world: PlanWorld): Promise<Plan> {
  const refs = new Map(records.map((record) => [record.entry, record]));
  return planEach([...refs.keys()], world, (entry, options) =>
    planUndo(refs.get(entry) ?? newRecord(entry), options, world.ports),
  );
}

type PlanOne = (
  entry: EntryRef,
  options: { readonly now: string; readonly batchSize: number },
) => Promise<PlannedEntry>;

async function planEach(
  entries: readonly EntryRef[],
  { clock, concurrency }: PlanWorld,
  planOne: PlanOne,
): Promise<Plan> {
  const planned = new Map<EntryRef, PlannedEntry>();
  const notEvaluated: NotEvaluated[] = [];
  await eachOf(entries, concurrency, async (entry) => {
    const now = new Date(clock.now()).toISOString();
    try {
      planned.set(entry, await planOne(entry, { now, batchSize: entries.length }));
    } catch (error) {
      notEvaluated.push({ ...entry, reason: reasonOf(error), isGap: true });
    }
  });
  return { entries: entries.flatMap((entry) => planned.get(entry) ?? []), notEvaluated };
}

/** Whether a person's yes would have the entry made anew. */
export const isPossible = (planned: PlannedEntry): planned is PlannedRebind =>
  planned.action === 'rebind' || planned.action === 'ask';

/** Whether anything is wrong with it at all: what is left alone is as it should be. */
export const isAmiss = (planned: PlannedEntry): planned is PlannedRebind => planned.action !== 'none';
