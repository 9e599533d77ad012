import { dynamodbLedger } from '../../aws/dynamodb-ledger.ts';
import { sfnRebinds } from '../../aws/sfn-rebinds.ts';
import { executionLink } from '../../core/console-links.ts';
import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { Rebinds } from '../../core/ports.ts';
import { startRebinds } from '../../core/start-rebinds.ts';
import { eachOf } from '../scan/each-of.ts';
import type { Service } from '../service/find-service.ts';
import type { Session } from '../session/session.ts';
import type { Ended, EntryEnd } from './fix-document.ts';
import type { Interruption } from './interruption.ts';
import { type LocalPorts, localPorts } from './local-ports.ts';
import type { Plan } from './plan-entries.ts';
import { settling } from './settle.ts';
import { shortName } from './show-plan.ts';
import type { Means } from './undertake.ts';

/** What having the deployed service carry something out needs. */
interface ServiceMeans {
  readonly session: Session;
  readonly service: Service;
  readonly interruption: Interruption;
  readonly concurrency: number;
  readonly progress: (line: string) => void;
  readonly planAgain: (changed: readonly PlannedRebind[]) => Promise<Plan>;
}

/** How the service's ledger is looked at from here. */
export function servicePorts(session: Session, { ledgerTable }: Service): LocalPorts {
  return localPorts(session, dynamodbLedger(session.clients, ledgerTable, session.runtime.random));
}

/**
 * Has the service do it: its own StartRebinds gives out the attempts in its own ledger and starts its own workflow, with a
 * person as the cause. The service's guard decides, and asks the service's approvers: a yes at the terminal is none of theirs.
 */
export function serviceMeans(world: ServiceMeans): Means {
  const { session, service, planAgain } = world;
  const ports = {
    ...servicePorts(session, service),
    rebinds: sfnRebinds(session.clients, service.stateMachineArns.rebindEntry),
  };
  return {
    ledger: `table ${service.ledgerTable}`,
    planAgain,
    async carryOut(approved) {
      const { interruption, progress, concurrency } = world;
      const settled = settling({ ports, clock: session.runtime.clock, interruption, progress });
      const ended: Ended[] = [];
      await eachOf(groups(approved), concurrency, async (group) => {
        const [{ entry, incarnation }] = group;
        const iam = await settled(entry, incarnation);
        const started = iam === 'settled' ? await startAll(group, world, ports) : [];
        const unsettled = group.map((planned) => ({ planned, end: { end: iam } }));
        const followedUp = await Promise.all(started.map((one) => followed(one, world, ports)));
        ended.push(...(iam === 'settled' ? followedUp : unsettled));
      });
      progress('');
      return ended;
    },
  };
}

type ServicePorts = LocalPorts & { readonly rebinds: Rebinds };
type Group = readonly [PlannedRebind, ...PlannedRebind[]];
type Started = Awaited<ReturnType<typeof startRebinds>>['rebinds'][number];

/** The entries of one incarnation are one cause: the guard counts them together. */
function groups(approved: readonly PlannedRebind[]): Group[] {
  const found = new Map<string, Group>();
  for (const planned of approved) {
    const { principalId } = planned.incarnation;
    const group = found.get(principalId);
    found.set(principalId, group ? [...group, planned] : [planned]);
  }
  return [...found.values()];
}

interface StartedEntry {
  readonly planned: PlannedRebind;
  readonly started: Started | { readonly status: 'failed'; readonly error: string; readonly message: string };
}

async function startAll(group: Group, { session }: ServiceMeans, ports: ServicePorts): Promise<StartedEntry[]> {
  const [{ incarnation }] = group;
  const now = new Date(session.runtime.clock.now()).toISOString();
  const cause = { kind: 'person', actorArn: session.callerArn } as const;
  const entries = group.map(({ entry }) => entry);
  try {
    const { rebinds } = await startRebinds({ schemaVersion: 1, entries, incarnation, cause, now }, ports);
    return group.map((planned, index) => ({
      planned,
      started: rebinds[index] ?? { entry: planned.entry, status: 'gone' },
    }));
  } catch (error) {
    // One role's failure, whatever it is, holds up no other; it is told with the others' ends.
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    return group.map((planned) => ({ planned, started: { status: 'failed', error: name, message } }));
  }
}

async function followed({ planned, started }: StartedEntry, world: ServiceMeans, ports: ServicePorts): Promise<Ended> {
  if (started.status === 'failed') {
    return { planned, end: { end: 'failed', error: started.error, message: started.message } };
  }
  const { status, executionArn, outcome } = started;
  if (executionArn === undefined) return { planned, end: { end: status } };
  const link = executionLink(world.session.homeRegion, executionArn);
  const where = { executionArn, ...(link !== undefined && { console: link }) };
  const name = executionArn.slice(executionArn.lastIndexOf(':') + 1);
  if (status === 'needsRedrive') {
    return { planned, end: { end: 'failed', error: 'NeedsRedrive', message: `eks-rebind redrive ${name}`, ...where } };
  }
  if (status === 'done') return { planned, end: { end: outcome ?? 'unknown', ...where } };
  return { planned, end: { ...(await follow(planned, name, world, ports)), ...where } };
}

// DescribeExecution is read by many; people see seconds.
const LOOK_EVERY_MS = 3_000;

/** Looks at an execution until it ends, or waits for people: that may take days. */
async function follow(
  { entry }: PlannedRebind,
  name: string,
  { session, interruption, progress }: ServiceMeans,
  { rebinds, ledger }: ServicePorts,
): Promise<EntryEnd> {
  for (;;) {
    const { status, outcome } = await rebinds.describe(name);
    if (status === 'SUCCEEDED') return { end: outcome ?? 'unknown' };
    if (status !== 'RUNNING') {
      return { end: 'failed', error: status, message: `eks-rebind executions shows why; eks-rebind redrive ${name}` };
    }
    const waiting = (await ledger.read(entry))?.record.waiting;
    if (waiting?.executionArn.endsWith(`:${name}`)) {
      return { end: 'waiting', message: `for an approval: eks-rebind approve ${waiting.questionId}` };
    }
    progress(`${shortName(entry)}  ${name}`);
    const look = interruption.orStopped(session.runtime.clock.pause(LOOK_EVERY_MS));
    if ((await look) === 'stopped') return { end: 'running' };
  }
}
