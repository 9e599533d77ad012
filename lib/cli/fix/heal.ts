import { allocateAttempt } from '../../core/allocate-attempt.ts';
import { approveShown } from '../../core/approve-shown.ts';
import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { eachOf } from '../scan/each-of.ts';
import type { Session } from '../session/session.ts';
import type { Interruption } from './interruption.ts';
import type { LocalPorts } from './local-ports.ts';
import { type LocalEnd, type LocalWorkflow, localWorkflow } from './local-workflow.ts';
import { type Settling, settling } from './settle.ts';
import { shortName } from './show-plan.ts';

/** What was planned for an entry, and how it ended. */
export interface Healed {
  readonly planned: PlannedRebind;
  readonly end: LocalEnd | { readonly status: 'superseded' | 'gone' };
}

/** What healing needs, and whom it tells. */
export interface HealWorld {
  readonly session: Session;
  readonly ports: LocalPorts;
  readonly interruption: Interruption;
  /** How many entries at once. */
  readonly concurrency: number;
  readonly progress: (line: string) => void;
}

/** Rebinds every entry that a person said yes to, exactly as it was shown to them. */
export async function heal(approved: readonly PlannedRebind[], world: HealWorld): Promise<Healed[]> {
  const { session, ports, interruption, concurrency, progress } = world;
  const onStep = (entry: EntryRef, step: string) => progress(`${shortName(entry)}  ${step}`);
  const workflow = localWorkflow(session, { ports, interruption, onStep });
  const now = new Date(session.runtime.clock.now()).toISOString();
  // All are in the ledger before the first one runs: whoever resumes finds what is still to do.
  const begun: { planned: PlannedRebind; allocation: Awaited<ReturnType<typeof allocate>> }[] = [];
  for (const planned of approved) {
    begun.push({ planned, allocation: await allocate(planned, { workflow, world, now, batchSize: approved.length }) });
  }
  await approveShown(approved, { by: session.callerArn, at: now }, ports.ledger);
  const settled = settling({ ports, clock: session.runtime.clock, interruption, progress });
  const healed: Healed[] = [];
  await eachOf(begun, concurrency, async ({ planned, allocation }) => {
    const end = await endOf(planned, allocation, { workflow, settled, interruption });
    healed.push({ planned, end });
  });
  progress('');
  return healed.toSorted((one, other) => approved.indexOf(one.planned) - approved.indexOf(other.planned));
}

async function allocate(
  { entry, before, incarnation, beginning }: PlannedRebind,
  about: {
    readonly workflow: LocalWorkflow;
    readonly world: HealWorld;
    readonly now: string;
    readonly batchSize: number;
  },
) {
  const { workflow, world, now, batchSize } = about;
  const { session, ports } = world;
  const cause = { kind: 'person', actorArn: session.callerArn } as const;
  const { rebinds } = workflow;
  // Whoever held the journal is gone: the ledger is locked for this process.
  const holder = (await ports.ledger.read(entry))?.record.journal?.holder;
  const wanted = { entry, entryArn: before?.entryArn, incarnation, cause, now, batchSize, beginning };
  return allocateAttempt(wanted, { ledger: ports.ledger, rebinds }, holder);
}

async function endOf(
  { entry, incarnation }: PlannedRebind,
  allocation: Awaited<ReturnType<typeof allocate>>,
  about: {
    readonly workflow: LocalWorkflow;
    readonly settled: Settling;
    readonly interruption: Interruption;
  },
): Promise<Healed['end']> {
  const { workflow, settled, interruption } = about;
  if (allocation.status === 'done') return { status: 'gone' };
  if (allocation.status !== 'allocated') return { status: allocation.status };
  if (interruption.isInterrupted()) return { status: 'stopped' };
  try {
    const iam = await settled(entry, incarnation);
    return iam === 'settled' ? await workflow.run(allocation.name, allocation.input) : { status: iam };
  } catch (error) {
    // One entry's failure, whatever it is, holds up no other; it is told with the others' ends.
    if (!(error instanceof Error)) throw error;
    return { status: 'failed', error: error.name, message: error.message };
  }
}
