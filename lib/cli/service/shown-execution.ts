import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { executionLink } from '../../core/console-links.ts';
import { readChange } from '../../core/change-event.ts';
import { type JsonObject, objectOr, parsed, textOr } from '../replay/json-object.ts';

/** The state machines of the service, by the names that people know. */
export const MACHINES = ['role-changed', 'rebind-entry', 'sweep'] as const;
export type Machine = (typeof MACHINES)[number];

/** An execution as people are shown it. Times are ISO 8601 in UTC. */
export interface ShownExecution {
  readonly machine: Machine;
  readonly name: string;
  readonly executionArn: string;
  readonly status: string;
  /** The name of its outcome; absent until it has one. */
  readonly outcome?: string;
  /** The error that it failed with. */
  readonly error?: string;
  /** What it works on, in words: an entry, a principal or a region. */
  readonly about: string;
  /** `CreateRole 1a2b… by arn:…`, `sweep` or `person`. */
  readonly cause: string;
  /** `event`, `sweep` or `person`. */
  readonly causeKind: string;
  readonly causeEventId?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Until it ended, or until now. */
  readonly seconds: number;
  readonly redriveCount: number;
  /** Absent where it can't be redriven. */
  readonly redrivableUntil?: string;
  /** Why one that failed can't be redriven any more. */
  readonly notRedrivable?: string;
  /** The id of the question that it waits for. */
  readonly question?: string;
  /** Absent where the partition has no console that AWS publishes the address of. */
  readonly console?: string;
}

// Step Functions developer guide, "Redriving executions": within 14 days of the end.
const REDRIVABLE_MS = 14 * 86_400_000;

/** Statuses that a redrive may go on from (the same guide). */
export const REDRIVEN_STATUSES = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** An execution with the input that it was started with: JSON text. */
export interface FoundExecution {
  readonly shown: ShownExecution;
  readonly input: string;
}

/** Reads what DescribeExecution tells. */
export function foundExecution(
  machine: Machine,
  described: DescribeExecutionOutput,
  at: { readonly region: string; readonly now: number },
): FoundExecution {
  return { shown: shownExecution(machine, described, at), input: described.input ?? '{}' };
}

function shownExecution(
  machine: Machine,
  described: DescribeExecutionOutput,
  { region, now }: { readonly region: string; readonly now: number },
): ShownExecution {
  const { executionArn = '', name = '', status = '', startDate, stopDate, error, redriveCount = 0 } = described;
  const input = parsed(described.input);
  const startedAt = startDate?.getTime() ?? 0;
  const outcome = textOr(parsed(described.output)['name']);
  const cause = causeOf(machine, input);
  const link = executionLink(region, executionArn);
  return {
    machine,
    name,
    executionArn,
    status,
    ...(outcome !== undefined && { outcome }),
    ...(error !== undefined && { error }),
    about: aboutOf(machine, input),
    cause: causeText(cause),
    causeKind: cause.kind,
    ...(cause.eventId !== undefined && { causeEventId: cause.eventId }),
    startedAt: new Date(startedAt).toISOString(),
    ...(stopDate && { endedAt: stopDate.toISOString() }),
    seconds: Math.round(((stopDate?.getTime() ?? now) - startedAt) / 1000),
    redriveCount,
    ...redrivability(described),
    ...(link !== undefined && { console: link }),
  };
}

function redrivability({ status, stopDate, redriveStatus, redriveStatusReason }: DescribeExecutionOutput) {
  if (!REDRIVEN_STATUSES.some((one) => one === status) || !stopDate) return {};
  if (redriveStatus !== 'REDRIVABLE') return { notRedrivable: redriveStatusReason ?? redriveStatus ?? 'unknown' };
  return { redrivableUntil: new Date(stopDate.getTime() + REDRIVABLE_MS).toISOString() };
}

interface ShownCause {
  readonly kind: string;
  readonly eventId?: string | undefined;
  readonly eventName?: string | undefined;
  readonly actorArn?: string | undefined;
}

/** Whoever can start an execution can write its input: what it says is shown, and nothing is decided by it. */
function causeOf(machine: Machine, input: JsonObject): ShownCause {
  if (machine === 'sweep') return { kind: 'sweep' };
  if (machine === 'role-changed') return changeIn(input)?.cause ?? { kind: 'event' };
  const cause = objectOr(input['cause']);
  const said = (member: string) => textOr(cause[member]);
  return {
    kind: said('kind') ?? 'unknown',
    eventId: said('eventId'),
    eventName: said('eventName'),
    actorArn: said('actorArn'),
  };
}

function causeText({ kind, eventId, eventName, actorArn }: ShownCause): string {
  const what = [eventName ?? kind, eventId].filter(Boolean).join(' ');
  return actorArn === undefined ? what : `${what} by ${actorArn}`;
}

function aboutOf(machine: Machine, input: JsonObject): string {
  if (machine === 'role-changed') {
    const change = changeIn(input);
    return change && change.kind !== 'ignored'
      ? `${change.principal.kind} ${change.principal.name}`
      : 'no role or user';
  }
  if (machine === 'sweep') {
    const place = objectOr(input['place']);
    return input['place'] ? `${of(place, 'region')} of account ${of(place, 'accountId')}` : 'every region';
  }
  const entry = objectOr(input['entry']);
  const role = of(entry, 'principalArn').split('/').at(-1);
  return `${role} in ${of(entry, 'clusterName')} (${of(entry, 'region')})`;
}

const of = (from: JsonObject, member: string) => textOr(from[member]) ?? '?';

/** What the event says happened; undefined for an input that is no such event. */
function changeIn(input: JsonObject) {
  try {
    return readChange(input);
  } catch {
    return undefined;
  }
}
