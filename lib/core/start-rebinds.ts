import * as v from 'valibot';
import { allocateAttempt } from './allocate-attempt.ts';
import type { Allocation, Wanted } from './allocate-attempt.ts';
import type { Ports } from './ports.ts';
import { whyWithoutEntries } from './search-cluster.ts';
import { Cause, EntryRef, Incarnation, IsoTime, SCHEMA_VERSION } from './shapes.ts';

/** Which entries to rebind, to which incarnation, and because of what. */
export const StartRebindsInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  entries: v.array(EntryRef),
  incarnation: Incarnation,
  cause: Cause,
  /** The execution that starts them; absent where a person does. */
  executionArn: v.optional(v.string()),
  now: IsoTime,
});
export type StartRebindsInput = v.InferOutput<typeof StartRebindsInput>;

/** How the rebind of one entry stands after StartRebinds. */
interface StartedRebind {
  readonly entry: EntryRef;
  readonly executionArn?: string;
  readonly status: 'started' | 'running' | 'done' | 'needsRedrive' | 'superseded' | 'gone';
  /** `done`: how it had ended. */
  readonly outcome?: string;
}

/** How the rebind of each entry stands. */
export interface StartRebindsOutput {
  readonly schemaVersion: 1;
  readonly rebinds: readonly StartedRebind[];
}

type StartPorts = Pick<Ports, 'ledger' | 'clusters' | 'accessEntries' | 'rebinds'>;

/** Starts a rebind for each entry, or finds the one that was started before. One that can't be started holds up no other. */
export async function startRebinds(
  { entries, incarnation, cause, executionArn, now }: StartRebindsInput,
  ports: StartPorts,
): Promise<StartRebindsOutput> {
  const rebinds: StartedRebind[] = [];
  const failures: unknown[] = [];
  const allocated: { readonly wanted: Wanted; readonly allocation: Allocation }[] = [];
  const batchSize = entries.length;
  // All are in the ledger before the first one runs: the guard counts there how many belong together.
  for (const entry of entries) {
    try {
      const entryArn = await standingArn(entry, ports);
      const ofUs = { ...cause, ...(executionArn !== undefined && { sourceExecutionArn: executionArn }) };
      const wanted = { entry, entryArn, incarnation, cause: ofUs, now, batchSize };
      allocated.push({ wanted, allocation: await allocateAttempt(wanted, ports) });
    } catch (error) {
      failures.push(error);
    }
  }
  for (const { wanted, allocation } of allocated) {
    try {
      rebinds.push({ entry: wanted.entry, ...(await startOne(wanted, allocation, ports)) });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { schemaVersion: SCHEMA_VERSION, rebinds };
}

/**
 * The ARN of the entry that stands. In a cluster that is gone, or on its way, none does: an open journal there is taken up
 * all the same, so that its rebind can close it.
 */
async function standingArn(entry: EntryRef, { accessEntries, clusters }: StartPorts): Promise<string | undefined> {
  try {
    return (await accessEntries.describe(entry))?.entryArn;
  } catch (error) {
    const cluster = await clusters.describe(entry, entry.clusterName);
    if (cluster && !whyWithoutEntries(cluster)) throw error;
    return undefined;
  }
}

async function startOne(
  wanted: Wanted,
  allocation: Allocation,
  ports: StartPorts,
  isSecondTry = false,
): Promise<Omit<StartedRebind, 'entry'>> {
  if (allocation.status === 'done') return { executionArn: allocation.holder, status: 'done', outcome: 'Rebound' };
  if (allocation.status !== 'allocated') return { status: allocation.status };
  const { name, holder, input } = allocation;
  if ((await ports.rebinds.start(name, input)) === 'started') return { executionArn: holder, status: 'started' };

  const { status, outcome, isRedrivable = true } = await ports.rebinds.describe(name);
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { executionArn: holder, status: 'running' };
  if (status !== 'SUCCEEDED' && isRedrivable) return { executionArn: holder, status: 'needsRedrive' };
  // An execution that ends closes its journal, unless it leaves a deleted entry behind that a person has to decide about:
  // that is taken up anew. So is the journal of one that failed so long ago that AWS lets nobody redrive it. One that ended
  // while the journal is still as allocated never worked on it: whoever can start executions took the name before us, with
  // an input of their own.
  const journal = (await ports.ledger.read(wanted.entry))?.record.journal;
  if (journal?.holder === holder && journal.phase !== 'closed') {
    if (isSecondTry) return { executionArn: holder, status: 'needsRedrive' };
    return startOne(wanted, await allocateAttempt(wanted, ports, holder), ports, true);
  }
  return { executionArn: holder, status: 'done', ...(outcome !== undefined && { outcome }) };
}
