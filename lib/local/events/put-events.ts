import type { PutEventsRequestEntry, PutEventsResponse, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { type BusEvent, eventTime } from './event.ts';

// EventBridge quotas: entries of a call, and their bytes together (1 MB since 2026; measured to the byte by a user).
const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;

const invalid = (message: string) => new AwsFault('ValidationException', message);

/** Puts events on the caller's bus. Entries are judged one by one: one that is refused does not stop the others. */
export function putEvents(
  input: { Entries: readonly PutEventsRequestEntry[]; EndpointId?: string },
  call: Call,
  random: Random,
  publish: (event: BusEvent) => void,
) {
  const { Entries: entries } = input;
  if (input.EndpointId) throw new AwsFault('NotEmulated', 'the local AWS does not emulate global endpoints');
  if (entries.length < 1 || entries.length > MOST_ENTRIES) {
    const [bound, limit] = entries.length < 1 ? ['greater', 1] : ['less', MOST_ENTRIES];
    const rule = `Member must have length ${bound} than or equal to ${limit}`;
    throw invalid(`1 validation error detected: Value at 'entries' failed to satisfy constraint: ${rule}`);
  }
  if (entries.reduce((bytes, entry) => bytes + bytesOf(entry), 0) > MOST_BYTES) {
    throw invalid('Total size of the entries in the request is over the limit.');
  }
  const results = entries.map((entry): PutEventsResultEntry => {
    const refusal = refusalOf(entry);
    if (refusal) return refusal;
    const event = eventOf(entry, call, randomUuid(random));
    if (isDefaultBus(entry.EventBusName, call)) publish(event);
    return { EventId: event.id };
  });
  const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined);
  return { FailedEntryCount: failed.length, Entries: results } satisfies PutEventsResponse;
}

/** How EventBridge counts an entry's size (user guide, eb-putevents, "Calculating event entry size"). */
function bytesOf({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources].map((text) => Buffer.byteLength(text ?? ''));
  return texts.reduce((sum, bytes) => sum + bytes, Time ? 14 : 0);
}

/** Texts: as users met them, and moto's tests have them. */
function refusalOf({ Source, DetailType, Detail }: PutEventsRequestEntry): PutEventsResultEntry | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) {
      const message = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
      return { ErrorCode: 'InvalidArgument', ErrorMessage: message };
    }
  }
  if (Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!isJsonObject(Detail ?? '')) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** AWS takes events for a bus that is not there, and drops them without a word. */
function isDefaultBus(name: string | undefined, { caller, region }: Call): boolean {
  const arn = `arn:${caller.partition}:events:${region}:${caller.accountId}:event-bus/default`;
  return name === undefined || name === 'default' || name === arn;
}

function eventOf(entry: PutEventsRequestEntry, call: Call, id: string): BusEvent {
  return {
    version: '0',
    id,
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account: call.caller.accountId,
    time: eventTime(entry.Time?.getTime() ?? call.now),
    region: call.region,
    resources: [...(entry.Resources ?? [])],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked above: it is an object
    detail: JSON.parse(entry.Detail ?? '{}') as Record<string, unknown>,
  };
}
