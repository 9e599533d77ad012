import { executionLink } from '../../core/console-links.ts';
import { startOnce } from '../../aws/sfn-starts.ts';
import type { ReplayOptions } from '../commands/replay-command.ts';
import type { ExitCode, Terminal } from '../io.ts';
import { renderTable } from '../output/render-table.ts';
import { readEventFile, readEvents } from '../replay/event-file.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { consentTo, exitWithout, WITHOUT_CONSENT } from './consent.ts';
import { requireService, type Service } from './find-service.ts';
import { hexOf, type PlannedReplay, planReplay } from './plan-replay.ts';
import { writeData } from './write-data.ts';

interface Replayed extends PlannedReplay {
  readonly executionArn?: string;
  readonly console?: string;
  /** AWS's own words, where it could not be started. */
  readonly error?: string;
}

/** Starts `role-changed` with events, as the service's rule would have. */
export async function replay(options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const { io, runtime } = terminal;
  const { event: file, output } = options;
  const records = await runtime.clock.busy(async () =>
    file === '-' ? readEvents(await terminal.readInput(), 'stdin') : readEventFile(file),
  );
  const plans = records.map((record) => planReplay(record, runtime.random));
  const session = await openSession(options, terminal);
  const service = await requireService(session, options.namePrefix);
  const toStart = plans.filter(({ action }) => action === 'start').length;
  // A trail's file holds thousands of other records: they are counted, and in the document.
  const isShown = ({ action }: PlannedReplay) => action === 'start' || toStart === 0;
  const write = (all: readonly Replayed[], verdict: string) =>
    writeData({ document: documentOf(session, all, verdict), rows: rowsOf(all.filter(isShown)), verdict }, output, io);

  if (toStart === 0) {
    await write(plans, `nothing to start: none of ${plans.length} records is news of a role or user`);
    return 0;
  }
  if (terminal.isInteractive && !options.yes && !options.dryRun) {
    for (const line of renderTable(rowsOf(plans.filter(isShown)))) io.stderr(line);
  }
  const consent = await consentTo(`Start ${toStart} executions of role-changed?`, options, terminal);
  if (consent !== 'given') {
    await write(plans, `${toStart} of ${plans.length} records would be replayed; ${WITHOUT_CONSENT[consent]}`);
    return exitWithout(consent);
  }
  const replayed: Replayed[] = [];
  for (const plan of plans) {
    replayed.push(plan.action === 'start' ? await startOne(plan, session, service) : plan);
  }
  const failed = replayed.filter(({ error }) => error !== undefined);
  for (const { place, error } of failed) io.error(`error: ${place}: ${error}`);
  const isFailed = failed.length > 0 ? `, ${failed.length} could not be` : '';
  await write(replayed, `${toStart - failed.length} of ${plans.length} records replayed${isFailed}`);
  return failed.length > 0 ? 1 : 0;
}

async function startOne(plan: PlannedReplay, session: Session, service: Service): Promise<Replayed> {
  const { clients, runtime, homeRegion } = session;
  // A name of its own each time: to replay an event twice is what a person may want.
  const name = `replay-${plan.eventId?.replaceAll(/[^\w-]/g, '').slice(0, 40) ?? 'event'}-${hexOf(runtime.random)}`;
  try {
    const input = JSON.stringify(plan.event);
    const stateMachineArn = service.stateMachineArns.roleChanged;
    const { executionArn } = await startOnce(clients, { stateMachineArn, name, input });
    const console = executionLink(homeRegion, executionArn);
    return { ...plan, executionArn, ...(console !== undefined && { console }) };
  } catch (error) {
    return { ...plan, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function rowsOf(replayed: readonly Replayed[]): string[][] {
  const rows = replayed.map(({ place, action, tells, executionArn, console, error }) => [
    executionArn === undefined ? action : 'started',
    place,
    error ?? tells,
    console ?? executionArn ?? '',
  ]);
  return [['ACTION', 'RECORD', 'TELLS', 'CONSOLE'], ...rows];
}

function documentOf({ accountId, homeRegion }: Session, replayed: readonly Replayed[], verdict: string): object {
  const started = replayed.filter(({ executionArn }) => executionArn !== undefined).length;
  return {
    schemaVersion: 1,
    summary: { accountId, region: homeRegion, records: replayed.length, started, verdict },
    records: replayed.map(({ event: _event, ...shown }) => shown),
  };
}
