import type { RedriveOptions } from '../commands/redrive-command.ts';
import { type ExitCode, type Terminal, UsageError } from '../io.ts';
import { renderTable } from '../output/render-table.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { carryOut, type DoneRedrive } from './carry-out-redrive.ts';
import { consentTo, exitWithout, WITHOUT_CONSENT } from './consent.ts';
import { findExecutions } from './find-executions.ts';
import { requireService, type Service } from './find-service.ts';
import { listExecutions } from './list-executions.ts';
import { parseSince } from './parse-since.ts';
import { type PlannedRedrive, planRedrive } from './plan-redrive.ts';
import { type FoundExecution, MACHINES, REDRIVEN_STATUSES } from './shown-execution.ts';
import { writeData } from './write-data.ts';

/** Lets failed executions go on, or starts anew what AWS lets nobody redrive any more. */
export async function redrive(options: RedriveOptions, terminal: Terminal): Promise<ExitCode> {
  const { io } = terminal;
  const choose = chooser(options, terminal.runtime.clock.now());
  const session = await openSession(options, terminal);
  const service = await requireService(session, options.namePrefix);
  const plans = inOneSweep((await choose(session, service)).map(planRedrive));
  const toDo = plans.filter(({ action }) => action !== 'none').length;
  const isTable = options.output === 'table';
  const write = (done: readonly (PlannedRedrive & Partial<DoneRedrive>)[], verdict: string) =>
    writeData({ document: documentOf(session, done, verdict), rows: rowsOf(done), verdict }, options.output, io);

  if (toDo === 0) {
    await write(plans, 'nothing to redrive');
    return 0;
  }
  if (terminal.isInteractive && !options.yes && !options.dryRun) {
    for (const line of renderTable(rowsOf(plans))) io.stderr(line);
  }
  const consent = await consentTo(`Redrive ${toDo} of ${plans.length} executions?`, options, terminal);
  if (consent !== 'given') {
    await write(plans, `${toDo} of ${plans.length} executions would go on; ${WITHOUT_CONSENT[consent]}`);
    return exitWithout(consent);
  }
  const done = await carryOut(session, service, plans);
  const failed = done.filter(({ result }) => result === 'failed').length;
  await write(
    done,
    `${toDo - failed} of ${plans.length} executions go on${failed > 0 ? `, ${failed} could not be` : ''}`,
  );
  if (failed > 0 && !isTable) for (const { error } of done) if (error !== undefined) io.error(error);
  return failed > 0 ? 1 : 0;
}

/** Reads what is wrong with the options before anything is asked of AWS. */
function chooser(options: RedriveOptions, now: number) {
  const { executions: names, since, status = [], cause } = options;
  const hasFilter = since !== undefined || status.length > 0 || cause !== undefined;
  if (names.length > 0 && hasFilter) {
    throw new UsageError('name executions, or choose them by --since, --status and --cause: not both');
  }
  if (names.length === 0 && !hasFilter) {
    throw new UsageError('which executions? name them, or choose by --since 36h, --status FAILED or --cause EVENT');
  }
  const sinceTime = since === undefined ? undefined : parseSince(since, now);
  return (session: Session, service: Service): Promise<FoundExecution[]> =>
    names.length > 0
      ? findExecutions(session, service, names)
      : listExecutions(session, service, {
          machines: MACHINES,
          statuses: REDRIVEN_STATUSES.filter((one) => status.length === 0 || status.includes(one)),
          sinceOf: 'end',
          ...(sinceTime !== undefined && { since: sinceTime }),
          ...(cause !== undefined && { cause }),
        });
}

/** One sweep of a region is enough for all entries in it. */
function inOneSweep(plans: readonly PlannedRedrive[]): PlannedRedrive[] {
  const swept = new Set<string>();
  return plans.map((plan) => {
    if (plan.action !== 'sweep' || plan.input === undefined) return plan;
    if (swept.has(plan.input)) return { ...plan, action: 'none', why: `${plan.why}; the sweep above is for it, too` };
    swept.add(plan.input);
    return plan;
  });
}

type Row = PlannedRedrive & Partial<DoneRedrive>;

function rowsOf(plans: readonly Row[]): string[][] {
  if (plans.length === 0) return [];
  const rows = plans.map(({ execution, action, why, result, error, console = execution.console, goesOnAs }) => [
    result ?? action,
    execution.machine,
    execution.about,
    execution.status,
    error ?? why,
    console ?? goesOnAs ?? execution.executionArn,
  ]);
  return [['ACTION', 'MACHINE', 'ABOUT', 'STATUS', 'WHY', 'CONSOLE'], ...rows];
}

function documentOf({ accountId, homeRegion }: Session, plans: readonly Row[], verdict: string): object {
  const toDo = plans.filter(({ action }) => action !== 'none').length;
  const isDone = plans.some(({ result }) => result !== undefined);
  return {
    schemaVersion: 1,
    summary: { accountId, region: homeRegion, executions: plans.length, toDo, isDone, verdict },
    executions: plans.map(({ execution, ...rest }) => {
      const { input: _input, console = execution.console, ...shown } = rest;
      return { ...execution, ...shown, ...(console !== undefined && { console }) };
    }),
  };
}
