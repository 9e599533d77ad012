import { announceOutcome } from '../../../../lib/core/announce-outcome.ts';
import { associateAdminPolicies } from '../../../../lib/core/associate-admin-policies.ts';
import { associatePolicies } from '../../../../lib/core/associate-policies.ts';
import { createEntry } from '../../../../lib/core/create-entry.ts';
import { deleteEntry } from '../../../../lib/core/delete-entry.ts';
import { inspectEntry } from '../../../../lib/core/inspect-entry.ts';
import type { Journal, LedgerRecord } from '../../../../lib/core/ledger.ts';
import { preflight } from '../../../../lib/core/preflight.ts';
import { preflightAdmin } from '../../../../lib/core/preflight-admin.ts';
import type { Ports, RebindInput } from '../../../../lib/core/ports.ts';
import type { Outcome } from '../../../../lib/core/shapes.ts';
import { startRebinds } from '../../../../lib/core/start-rebinds.ts';
import type { StepInput, StepResult } from '../../../../lib/core/step-result.ts';
import { sweepRegion } from '../../../../lib/core/sweep-region.ts';
import { verifyEntry } from '../../../../lib/core/verify-entry.ts';
import { EDIT, fakeWorld, PLACE, REF, VIEW } from './fake-world.ts';
import type { FakeWorld } from './fake-world.ts';
import type { Tap } from './tap.ts';

const STEPS = ['InspectEntry', 'Preflight', 'DeleteEntry', 'CreateEntry', 'AssociatePolicies', 'VerifyEntry'] as const;
/** The steps that entries of administrators go through instead. */
const FOR_ADMINS = { Preflight: 'PreflightAdmin', AssociatePolicies: 'AssociateAdminPolicies' } as const;
export type StepName = (typeof STEPS)[number] | (typeof FOR_ADMINS)[keyof typeof FOR_ADMINS];

type Step = (input: StepInput & { round: number }, ports: Ports) => Promise<StepResult>;
const RUN: Record<StepName, Step> = {
  InspectEntry: inspectEntry,
  Preflight: preflight,
  PreflightAdmin: preflightAdmin,
  DeleteEntry: deleteEntry,
  CreateEntry: createEntry,
  AssociatePolicies: associatePolicies,
  AssociateAdminPolicies: associateAdminPolicies,
  VerifyEntry: verifyEntry,
};

/** The state machine's variable `admin`: what InspectEntry last said. */
const admin = new WeakMap<FakeWorld, boolean>();

/** Runs one step with what the workflow would give it, by the function that InspectEntry's answer sends it to. */
export async function runStep(
  world: FakeWorld,
  step: StepName,
  { input, round = 0 }: { input: RebindInput; round?: number },
) {
  const named = admin.get(world) && (step === 'Preflight' || step === 'AssociatePolicies') ? FOR_ADMINS[step] : step;
  const result = await RUN[named]({ ...stepInput(world, input), round }, world.ports);
  if (step === 'InspectEntry') admin.set(world, 'admin' in result && result.admin);
  return result;
}

function stepInput(world: FakeWorld, { entry, incarnation, generation, cause }: RebindInput): StepInput {
  const holder = [...world.executions].find(([, { input }]) => input.generation === generation)?.[0] ?? '';
  const journal = { entry, generation, holder: world.bare.rebinds.executionArn(holder) };
  return { schemaVersion: 1, journal, incarnation, cause, now: world.tick(1) };
}

export interface Options {
  /** How often the state machine tries a failed step again; each time the role of a moment passes. */
  readonly retries?: number;
  /** Runs each step that succeeded once more, as after a lost answer, and goes by the second answer. */
  readonly twice?: boolean;
  readonly beforeStep?: (step: StepName, round: number) => void | Promise<void>;
  /** Where a redrive takes up; moved on as it goes. */
  readonly progress?: Progress;
}

/** Which step is next, in which round. */
interface Progress {
  at: number;
  round: number;
}

/** The route of rebind-entry.asl.json: forward, back to InspectEntry, or to an end. Throws what fails the Task. */
export async function runRebind(world: FakeWorld, input: RebindInput, options: Options = {}): Promise<Outcome> {
  const { retries = 3, twice = false, beforeStep, progress = { at: 0, round: 0 } } = options;
  for (;;) {
    const { at, round } = progress;
    const step = STEPS[at];
    if (!step) throw new Error('VerifyEntry went on to nowhere');
    await beforeStep?.(step, round);
    const run = () => withRetries(retries, () => runStep(world, step, { input, round }));
    let result = await run();
    if (twice) result = await run();
    if (result.next === 'end') {
      const { outcome } = result;
      return withRetries(retries, () => announceOutcome({ ...stepInput(world, input), outcome }, world.ports));
    }
    if (result.next === 'wait') {
      world.tick(result.waitSeconds);
      progress.at = 0;
      continue;
    }
    progress.at = result.next === 'continue' ? at + 1 : 0;
    progress.round = result.next === 'continue' ? round : round + 1;
  }
}

async function withRetries<T>(retries: number, work: () => Promise<T>): Promise<T> {
  for (let left = retries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 0) throw error;
    }
  }
}

/** Takes the inventory as it is now: one sweep of the region. */
export async function inventory(world: FakeWorld): Promise<void> {
  const start = { schemaVersion: 1, place: PLACE, cursor: null, soFar: null, executionArn: 'arn:sweep' } as const;
  await sweepRegion({ ...start, now: world.world.now }, world.bare);
}

/** The world as it is once the inventory has seen the entry of a living role, and the role was then made anew and has settled. */
export async function roleMadeAnew(world: FakeWorld, principalId = 'AROANEW'): Promise<void> {
  world.tick(600);
  await inventory(world);
  world.tick(3600);
  world.putRole(principalId);
  world.tick(130);
}

/** What StartRebinds starts for the living role. */
export async function startRebind(world: FakeWorld): Promise<RebindInput> {
  const reading = [...world.principals.values()][0];
  if (!reading) throw new Error('no role');
  const { arn: principalArn, principalId, createdAt } = reading;
  const { rebinds } = await startRebinds(
    {
      schemaVersion: 1,
      entries: [REF],
      incarnation: { principalArn, principalId, createdAt },
      cause: { kind: 'event' },
      executionArn: 'arn:role-changed',
      now: world.tick(1),
    },
    world.bare,
  );
  const name = rebinds[0]?.executionArn?.split(':').at(-1) ?? '';
  const started = world.executions.get(name);
  if (!started) throw new Error(`nothing was started: ${JSON.stringify(rebinds)}`);
  return started.input;
}

/** Runs the steps before this one, each of which must go on. */
export async function advanceTo(world: FakeWorld, step: StepName, input: RebindInput): Promise<void> {
  for (const before of STEPS) {
    if (before === step) return;
    const { next } = await runStep(world, before, { input });
    if (next !== 'continue') throw new Error(`${before} did not go on but said ${next}`);
  }
}

/** The ledger's record of the entry. */
export async function recordOf(world: FakeWorld): Promise<LedgerRecord> {
  const stored = await world.bare.ledger.read(REF);
  if (!stored) throw new Error('the ledger does not know the entry');
  return stored.record;
}

/** Writes a part of the journal as another execution, or an earlier time, would have left it. */
export async function changeJournal(world: FakeWorld, changes: Partial<Journal>): Promise<void> {
  const stored = await world.bare.ledger.read(REF);
  if (!stored?.record.journal) throw new Error('there is no journal');
  const journal = { ...stored.record.journal, ...changes };
  await world.bare.ledger.write({ ...stored.record, journal }, stored.version);
}

/** How a step ended, for an assertion: the outcome's name and its first rule, or where it goes. */
export function said(result: StepResult): string {
  return result.next === 'end' ? `${result.outcome.name} ${result.outcome.reasons[0]?.rule}` : result.next;
}

/** A person's entry, stale since its role was made anew and settled, and the rebind that was started for it. */
export async function staleStandard(tap: Tap = {}): Promise<{ world: FakeWorld; input: RebindInput }> {
  const world = fakeWorld(tap);
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({ tags: { team: 'orders' }, kubernetesGroups: ['readers'] }, [VIEW, EDIT]);
  await roleMadeAnew(world);
  return { world, input: await startRebind(world) };
}
