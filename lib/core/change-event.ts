import * as v from 'valibot';
import { parseOrExplain, shown } from './invalid-input.ts';
import { readPrincipalRecord } from './principal-record.ts';
import { Cause, Incarnation, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';

const schemaVersion = v.literal(SCHEMA_VERSION);

/** What an event says happened to a principal. It only says where to look: the living principal decides. */
export const PrincipalChange = v.variant('kind', [
  v.object({
    schemaVersion,
    kind: v.literal('created'),
    principal: Principal,
    /** Absent where CloudTrail left out the answer of the call. */
    incarnation: v.optional(Incarnation),
    eventTime: IsoTime,
    cause: Cause,
  }),
  v.object({ schemaVersion, kind: v.literal('deleted'), principal: Principal, eventTime: IsoTime, cause: Cause }),
  v.object({
    schemaVersion,
    kind: v.literal('ignored'),
    reason: v.string(),
    eventTime: v.optional(IsoTime),
    cause: Cause,
  }),
]);
export type PrincipalChange = v.InferOutput<typeof PrincipalChange>;

const name = v.pipe(v.string('text'), v.regex(/^[ -~]{1,256}$/, 'up to 256 plain characters'));

// What is only shown to people: left out where it isn't plain text. No ARN is longer than 2048 characters.
const told = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[ -~]{1,2048}$/))), undefined);

const Event = v.looseObject(
  {
    source: name,
    'detail-type': name,
    detail: v.looseObject(
      {
        eventName: told,
        eventTime: v.fallback(v.optional(IsoTime), undefined),
        eventID: told,
        errorCode: v.optional(v.unknown()),
        errorMessage: v.optional(v.unknown()),
        userIdentity: v.fallback(v.optional(v.looseObject({ arn: told })), undefined),
      },
      'an object: the CloudTrail record',
    ),
  },
  'an EventBridge event, an object',
);
type Event = v.InferOutput<typeof Event>;

const Call = v.looseObject({ detail: v.looseObject({ eventSource: name, eventName: name }) });

/** What EventBridge calls an event of CloudTrail's. The China regions' documentation names both. */
export const DETAIL_TYPES: readonly string[] = ['AWS API Call via CloudTrail', 'Amazon API Call via CloudTrail'];
/** What CloudTrail calls IAM. */
export const EVENT_SOURCES: readonly string[] = ['iam.amazonaws.com', 'iam.amazonaws.com.cn'];

// A user that is renamed (UpdateUser) keeps its id: it isn't made anew. To the sweep the user of the old name is gone.
const CALLS: ReadonlyMap<
  string | undefined,
  { readonly did: 'created' | 'deleted'; readonly kind: Principal['kind'] }
> = new Map([
  ['CreateRole', { did: 'created', kind: 'role' }],
  ['DeleteRole', { did: 'deleted', kind: 'role' }],
  ['CreateUser', { did: 'created', kind: 'user' }],
  ['DeleteUser', { did: 'deleted', kind: 'user' }],
]);

/** Reads an EventBridge event: which role or user was made or deleted, or why there is nothing to do. */
export function readChange(event: unknown): PrincipalChange {
  const read = parseOrExplain(Event, event, 'the event');
  const cause = causeOf(read);
  const call = callOf(read);
  if (typeof call === 'string') return ignored(call, read, cause);

  const { principal, path, incarnation, eventTime } = readPrincipalRecord(event, call.kind);
  if (path.startsWith('/aws-service-role/')) return ignored('it is a service-linked role', read, cause);
  if (call.did === 'deleted') return { schemaVersion: 1, kind: 'deleted', principal, eventTime, cause };
  return { schemaVersion: 1, kind: 'created', principal, ...(incarnation && { incarnation }), eventTime, cause };
}

/** What the call did, or why it is no news. */
function callOf(event: Event) {
  const { source, 'detail-type': detailType, detail } = event;
  if (source !== 'aws.iam') return `its source is '${source}', not 'aws.iam'`;
  if (!DETAIL_TYPES.includes(detailType)) return `it is a '${detailType}', not a call that CloudTrail saw`;
  const { eventSource, eventName } = parseOrExplain(Call, event, 'the event').detail;
  if (!EVENT_SOURCES.includes(eventSource)) return `the call went to '${eventSource}', not to IAM`;
  const call = CALLS.get(eventName);
  if (!call) return `${eventName} neither makes nor deletes a role or user`;
  // Only a failed call has either, with whatever text (aws-cloudtrail-user-guide, record contents).
  const failure = detail.errorCode ?? detail.errorMessage ?? undefined;
  return failure === undefined ? call : `${eventName} failed: ${shown(failure)}`;
}

function ignored(reason: string, { detail: { eventTime } }: Event, cause: Cause): PrincipalChange {
  return { schemaVersion: 1, kind: 'ignored', reason, ...(eventTime !== undefined && { eventTime }), cause };
}

function causeOf({ detail: { eventID: eventId, eventName, eventTime, userIdentity } }: Event): Cause {
  const actorArn = userIdentity?.arn;
  return {
    kind: 'event',
    ...(eventId !== undefined && { eventId }),
    ...(eventName !== undefined && { eventName }),
    ...(eventTime !== undefined && { eventTime }),
    ...(actorArn !== undefined && { actorArn }),
  };
}
