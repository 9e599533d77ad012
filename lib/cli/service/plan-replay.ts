import { readChange } from '../../core/change-event.ts';
import { AppError } from '../../core/errors.ts';
import { iamEventRegion } from '../../core/partition.ts';
import type { Random } from '../../runtime.ts';
import type { FiledRecord } from '../replay/event-file.ts';
import { objectOr, textOr } from '../replay/json-object.ts';
import { UsageError } from '../io.ts';

/** What a record tells the service. */
export interface PlannedReplay {
  /** Where the record stands, for messages. */
  readonly place: string;
  /** `start`: an execution of role-changed is started. `none`: the service would do nothing with it. */
  readonly action: 'start' | 'none';
  /** What it tells, or why it is no news. */
  readonly tells: string;
  readonly eventId?: string;
  /** The event as EventBridge would deliver it. */
  readonly event: object;
}

/** Reads a record by the schema that ReadEvent reads events by, so that nothing is started that would fail there. */
export function planReplay(filed: FiledRecord, random: Random): PlannedReplay {
  const { place } = filed;
  const event = inEnvelope(filed, random);
  try {
    const change = readChange(event);
    const { eventId } = change.cause;
    const common = { place, event, ...(eventId !== undefined && { eventId }) };
    if (change.kind === 'ignored') return { ...common, action: 'none', tells: change.reason };
    const { kind, name, accountId } = change.principal;
    const by = change.cause.actorArn === undefined ? '' : ` by ${change.cause.actorArn}`;
    return {
      ...common,
      action: 'start',
      tells: `${kind} ${name} of account ${accountId} was ${change.kind} at ${change.eventTime}${by}`,
    };
  } catch (error) {
    if (error instanceof AppError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}

/** A bare CloudTrail record gets the envelope that EventBridge puts around it (EventBridge user guide, "Events from CloudTrail"). */
function inEnvelope({ record, envelope }: FiledRecord, random: Random): object {
  if (envelope) return { ...envelope, detail: record };
  const region = textOr(record['awsRegion']);
  return {
    version: '0',
    id: hexOf(random),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: textOr(record['recipientAccountId']) ?? textOr(objectOr(record['userIdentity'])['accountId']),
    time: textOr(record['eventTime']),
    region: region === undefined ? undefined : iamEventRegion(region),
    resources: [],
    detail: record,
  };
}

/** 32 bits of chance. */
export const hexOf = (random: Random): string =>
  Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
