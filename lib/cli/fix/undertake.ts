import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { DataFormat, WriteOptions } from '../commands/common-options.ts';
import type { ExitCode, Terminal } from '../io.ts';
import { exitWithout, WITHOUT_CONSENT } from '../service/consent.ts';
import type { Session } from '../session/session.ts';
import { choose } from './choose.ts';
import { documentOf, type Ended, type EntryEnd, exitCodeOf, type FixRun, isUnfinished } from './fix-document.ts';
import type { Interruption } from './interruption.ts';
import { isAmiss, isPossible, type Plan } from './plan-entries.ts';
import { showPlanned } from './show-plan.ts';
import { tellRun, verdictOf } from './tell-run.ts';

/** How what was approved is carried out. */
export interface Means {
  /** What remembers it, in front of people. */
  readonly ledger: string;
  /** The command that goes on where this one ended without having finished. */
  readonly goOn?: string;
  readonly carryOut: (approved: readonly PlannedRebind[]) => Promise<readonly Ended[]>;
  /** Plans again what was not as it was shown. */
  readonly planAgain: (changed: readonly PlannedRebind[]) => Promise<Plan>;
}

/** What a command does, from a plan to its end. */
export interface Undertaking {
  readonly session: Session;
  readonly terminal: Terminal;
  readonly interruption: Interruption;
  readonly options: WriteOptions & { readonly output: DataFormat };
  readonly plan: Plan;
  /** What nobody could judge, so that it isn't in the plan. */
  readonly notScanned?: Plan['notEvaluated'];
  /** How many entries were looked at for it. */
  readonly lookedAt: number;
  /** `rebound` or `restored`. */
  readonly verb: string;
  /** Gets ready to change something: called once somebody said yes. */
  readonly open: () => Means;
}

// Whatever changes under a person's eyes this often needs more than a yes.
const ROUNDS = 3;

/** Shows the plan, asks, and carries out what a person said yes to. */
export async function undertake(work: Undertaking): Promise<ExitCode> {
  const { terminal, interruption, options, plan } = work;
  const shown = plan.entries.filter(isAmiss);
  const ends = new Map<PlannedRebind, EntryEnd>();
  const planned = [...shown];
  show(work, shown);
  const possible = shown.filter(isPossible);
  const choice = await interruption.orStopped(choose(possible, options, terminal));
  if (choice === 'stopped') return finish(work, { planned, ends });
  if (possible.length === 0 || choice.consent !== 'given') {
    if (choice.consent === 'declined') for (const one of possible) ends.set(one, { end: 'declined' });
    const without = possible.length > 0 && choice.consent !== 'given' ? choice.consent : undefined;
    return finish(work, { planned, ends, without });
  }
  const means = work.open();
  let approved = choice.approved;
  for (const one of possible) if (!approved.includes(one)) ends.set(one, { end: 'declined' });
  for (let round = 1; approved.length > 0; round += 1) {
    const ended = await means.carryOut(approved);
    for (const { planned: one, end } of ended) ends.set(one, end);
    const changed = ended.filter(({ end }) => end.end === 'changed').map((one) => one.planned);
    const isAskedAgain = changed.length > 0 && terminal.isInteractive && !options.yes && round < ROUNDS;
    approved = isAskedAgain && !interruption.isInterrupted() ? await askAgain(work, changed, means, planned) : [];
  }
  const { ledger, goOn } = means;
  return finish(work, { planned, ends, ledger, goOn });
}

/** Shows as it is now what was not as it was shown, in its place in the plan. */
async function askAgain(
  work: Undertaking,
  changed: readonly PlannedRebind[],
  means: Means,
  planned: PlannedRebind[],
): Promise<readonly PlannedRebind[]> {
  const { terminal, options, interruption } = work;
  const again = (await means.planAgain(changed)).entries.filter(isAmiss);
  for (const one of again) {
    const index = planned.findIndex(
      ({ entry }) => entry.principalArn === one.entry.principalArn && isSamePlace(entry, one.entry),
    );
    planned[index] = one;
  }
  terminal.io.stderr('something is not as it was shown any more; this is how it is now:');
  show(work, again);
  const choice = await interruption.orStopped(choose(again.filter(isPossible), options, terminal));
  return choice === 'stopped' ? [] : choice.approved;
}

type Place = PlannedRebind['entry'];
const isSamePlace = (one: Place, other: Place) =>
  one.clusterName === other.clusterName && one.region === other.region && one.accountId === other.accountId;

/** Where the plan goes: beside a document only to whoever is about to be asked. */
function show({ terminal, options }: Undertaking, shown: readonly PlannedRebind[]): void {
  const { stdout, stderr } = terminal.io;
  const write = options.output === 'table' ? stdout : stderr;
  for (const one of shown) for (const line of [...showPlanned(one), '']) write(line);
}

/** What was done, or why nothing was. */
interface Run extends Pick<FixRun, 'planned' | 'ends' | 'ledger'> {
  readonly without?: Parameters<typeof exitWithout>[0] | undefined;
  readonly goOn?: string | undefined;
}

async function finish(
  { session, terminal, interruption, options, plan, lookedAt, verb, notScanned = [] }: Undertaking,
  { without, goOn, ...run }: Run,
): Promise<ExitCode> {
  const notEvaluated = [...notScanned, ...plan.notEvaluated];
  const document = documentOf({ accountId: session.accountId, lookedAt, notEvaluated, ...run });
  for (const { region, clusterName = '', principalArn = '', reason } of notEvaluated) {
    terminal.io.stderr(`not looked at: ${[region, clusterName, principalArn].filter(Boolean).join(' ')}: ${reason}`);
  }
  const said = without === undefined ? '' : `; ${WITHOUT_CONSENT[without]}`;
  const next = goOn !== undefined && isUnfinished(document) ? `; go on with ${goOn}` : '';
  await tellRun(document, `${verdictOf(document, verb)}${said}${next}`, options.output, terminal.io);
  const stopped = interruption.exitCode();
  if (stopped !== undefined) return stopped;
  // What is stale and can't be looked at is not well, whatever became of the others.
  if (plan.notEvaluated.length > 0) return 1;
  return without === undefined ? exitCodeOf(document) : exitWithout(without);
}
