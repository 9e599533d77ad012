import type { ExecutionStatus } from '@aws-sdk/client-sfn';
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
  const { executions: shown, unread } = options.waiting
    ? await waitingExecutions(session, service)
    : { executions: await listed(session, service, { ...options, since }) };
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

async function listed(
  session: Session,
  service: Service,
  { status = [], machine = MACHINES, since, cause }: Selection,
): Promise<ShownExecution[]> {
  const found = await listExecutions(session, service, {
    machines: MACHINES.filter((one) => machine.includes(one)),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the option takes these alone
    statuses: status as ExecutionStatus[],
    sinceOf: 'start',
    ...(since !== undefined && { since }),
    ...(cause !== undefined && { cause }),
  });
  return found.map(({ shown }) => shown);
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
  return total === 0 ? 'no executions' : `${total} executions: ${parts.join(', ')}`;
}
