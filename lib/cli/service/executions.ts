import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { reasonOf } from '../../core/search-cluster.ts';
import type { ExecutionsOptions } from '../commands/executions-command.ts';
import type { ExitCode, Terminal } from '../io.ts';
import { shownTime } from '../output/shown-time.ts';
import type { Session } from '../session/session.ts';
import { openSession } from '../session/open-session.ts';
import { requireService, type Service } from './find-service.ts';
import { listExecutions } from './list-executions.ts';
import { parseSince } from './parse-since.ts';
import { waitingExecutions } from './read-questions.ts';
import { MACHINES, type ShownExecution } from './shown-execution.ts';
import { writeData } from './write-data.ts';

/** Lists what the deployed service did and does. */
export async function executions(options: ExecutionsOptions, terminal: Terminal): Promise<ExitCode> {
  const { output, namePrefix } = options;
  const since = options.since === undefined ? undefined : parseSince(options.since, terminal.runtime.clock.now());
  const session = await openSession(options, terminal);
  const service = await requireService(session, namePrefix);
  const {
    executions: shown,
    notEvaluated = [],
    unread,
  }: Listed = options.waiting
    ? await waitingExecutions(session, service)
    : await listed(session, service, { ...options, since });
  for (const { machine, reason } of notEvaluated) terminal.io.error(`${machine} could not be listed: ${reason}`);
  if (unread !== undefined) terminal.io.stderr(`${unread}: the notification tells the question's id`);
  const byStatus = countBy(shown, (one) => one.status);
  const { accountId } = session;
  const { region } = service;
  await writeData(
    {
      document: {
        schemaVersion: 1,
        summary: { accountId, region, executions: shown.length, byStatus },
        executions: shown,
        notEvaluated,
      },
      rows: shown.length > 0 ? [HEADER, ...shown.map(rowOf)] : [],
      verdict: verdictOf(shown.length, byStatus),
    },
    output,
    terminal.io,
  );
  return 0;
}

type Selection = Pick<ExecutionsOptions, 'status' | 'machine' | 'cause'> & { readonly since: number | undefined };

interface Listed {
  readonly executions: readonly ShownExecution[];
  /** State machines whose executions could not be read, and why. */
  readonly notEvaluated?: readonly { readonly machine: string; readonly reason: string }[];
  readonly unread?: string;
}

/** What can't be read of one state machine holds up none of the others; where nothing can, that is an error. */
async function listed(
  session: Session,
  service: Service,
  { status = [], machine = MACHINES, since, cause }: Selection,
): Promise<Listed> {
  const machines = MACHINES.filter((one) => machine.includes(one));
  const found: ShownExecution[] = [];
  const notEvaluated: { machine: string; reason: string }[] = [];
  for (const one of machines) {
    try {
      const read = await listExecutions(session, service, {
        machines: [one],
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the option takes these alone
        statuses: status as ExecutionStatus[],
        sinceOf: 'start',
        ...(since !== undefined && { since }),
        ...(cause !== undefined && { cause }),
      });
      found.push(...read.map(({ shown }) => shown));
    } catch (error) {
      if (notEvaluated.length + 1 === machines.length) throw error;
      notEvaluated.push({ machine: one, reason: reasonOf(error) });
    }
  }
  const newestFirst = found.toSorted((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt));
  return { executions: newestFirst, notEvaluated };
}

const HEADER = ['STARTED', 'SECONDS', 'MACHINE', 'ABOUT', 'STATUS', 'END', 'CAUSE', 'REDRIVABLE UNTIL', 'CONSOLE'];

function rowOf(one: ShownExecution): string[] {
  const { startedAt, seconds, machine, about, status, outcome, error, cause, executionArn } = one;
  const spent = one.notRedrivable === undefined ? '' : 'not any more';
  const until = one.redrivableUntil === undefined ? spent : shownTime(one.redrivableUntil);
  const end = one.question === undefined ? (outcome ?? error ?? '') : `waits for ${one.question}`;
  const times = one.redriveCount === 0 ? status : `${status}, redriven ${one.redriveCount}x`;
  return [shownTime(startedAt), String(seconds), machine, about, times, end, cause, until, one.console ?? executionArn];
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function verdictOf(total: number, byStatus: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byStatus).map(([status, count]) => `${count} ${status}`);
  return total === 0 ? 'no executions' : `${total} ${total === 1 ? 'execution' : 'executions'}: ${parts.join(', ')}`;
}
