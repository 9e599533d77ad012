import type { ExecutionListItem, ExecutionStatus } from '@aws-sdk/client-sfn';
import { newestFirst } from '../../aws/sfn-newest-executions.ts';
import { sfnExecutions } from '../../aws/sfn-executions.ts';
import type { Session } from '../session/session.ts';
import type { Service } from './find-service.ts';
import { type FoundExecution, foundExecution, type Machine } from './shown-execution.ts';

/** Which executions are meant. */
export interface Wanted {
  readonly machines: readonly Machine[];
  /** Those with one of these; all where there is none. */
  readonly statuses: readonly ExecutionStatus[];
  /** Milliseconds since 1970. */
  readonly since?: number;
  /** What `since` is compared with. */
  readonly sinceOf: 'start' | 'end';
  /** What was its cause: `event`, `sweep`, `person`, or an event's id. */
  readonly cause?: string;
}

// DescribeExecution allows 15 a second in most regions (Step Functions developer guide, quotas): the client's limiter keeps to what AWS takes.
const AT_ONCE = 8;

/** Reads the executions that are meant, the newest first. */
export async function listExecutions(session: Session, service: Service, wanted: Wanted): Promise<FoundExecution[]> {
  const found: FoundExecution[] = [];
  for (const machine of wanted.machines) {
    const items = await itemsOf(session, machineArn(service, machine), wanted);
    for (let first = 0; first < items.length; first += AT_ONCE) {
      const some = items.slice(first, first + AT_ONCE);
      const read = await Promise.all(
        some.map(({ executionArn = '' }) => readExecution(session, machine, executionArn)),
      );
      found.push(...read);
    }
  }
  const { cause } = wanted;
  return found
    .filter(({ shown }) => cause === undefined || [shown.causeKind, shown.causeEventId].includes(cause))
    .toSorted((one, other) => Date.parse(other.shown.startedAt) - Date.parse(one.shown.startedAt));
}

async function readExecution(
  { clients, homeRegion: region, runtime }: Session,
  machine: Machine,
  executionArn: string,
): Promise<FoundExecution> {
  const described = await sfnExecutions(clients).describe(executionArn);
  return foundExecution(machine, described, { region, now: runtime.clock.now() });
}

/** A state machine's ARN by the name that people know. */
export const machineArn = ({ stateMachineArns }: Service, machine: Machine): string =>
  ({
    'role-changed': stateMachineArns.roleChanged,
    'rebind-entry': stateMachineArns.rebindEntry,
    sweep: stateMachineArns.sweep,
  })[machine];

async function itemsOf({ clients }: Session, arn: string, wanted: Wanted): Promise<ExecutionListItem[]> {
  const { statuses, since = 0, sinceOf } = wanted;
  const found: ExecutionListItem[] = [];
  for (const status of statuses.length > 0 ? statuses : [undefined]) {
    for await (const item of newestFirst(clients, arn, status)) {
      const startedAt = item.startDate?.getTime() ?? 0;
      if (sinceOf === 'start' && startedAt < since) break;
      if ((item.stopDate?.getTime() ?? startedAt) >= since) found.push(item);
    }
  }
  return found;
}
