import { type FiledRecord, printable, shown } from './event-file.ts';
import { UsageError } from '../io.ts';
import { type JsonObject, objectOr, objectsIn, textOr as text } from './json-object.ts';
import { accountOf, partitionFrom } from './record-origin.ts';

/** The two kinds of principals that an access entry may name. */
export type PrincipalKind = 'role' | 'user';

interface Call {
  readonly did: 'create' | 'delete';
  readonly kind: PrincipalKind;
}

const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['CreateRole', { did: 'create', kind: 'role' }],
  ['DeleteRole', { did: 'delete', kind: 'role' }],
  ['CreateUser', { did: 'create', kind: 'user' }],
  ['DeleteUser', { did: 'delete', kind: 'user' }],
]);

/** A role or user made or deleted, as CloudTrail recorded it, whether the call succeeded or not. */
export interface RecordedChange {
  readonly filed: FiledRecord;
  readonly eventName: string;
  readonly did: 'create' | 'delete';
  readonly kind: PrincipalKind;
  /** Milliseconds since 1970, a whole second. */
  readonly at: number;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** The record has an errorCode: it changed nothing. */
  readonly failed: boolean;
  /** Absent only where the call failed before AWS read its parameters. */
  readonly name?: string;
  /** What the call that makes one asked for and got; absent parts were left out of the record. */
  readonly made?: RecordedPrincipal;
}

/** The role or user that a record tells of; only roles have a trust policy. */
interface RecordedPrincipal {
  readonly path: string;
  readonly uniqueId?: string;
  readonly createDate?: number;
  readonly trustPolicy?: string;
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Names that differ only in case are one principal's; a role and a user of one name are two. */
export const keyOf = ({ kind, name = '' }: Pick<RecordedChange, 'kind' | 'name'>): string =>
  `${kind}/${name.toLowerCase()}`;

/** A record of another call: it has nothing to do with roles and users coming and going. */
export interface OtherRecord {
  readonly eventName: string;
  readonly reason: string;
}

/** Reads one record, or says what is wrong with it and where. */
export function readRecord(filed: FiledRecord): RecordedChange | OtherRecord {
  const { record, envelope, place } = filed;
  const eventName = text(record['eventName']);
  if (!eventName) {
    const detailType = text(envelope?.['detail-type']);
    if (detailType) return { eventName: printable(detailType), reason: 'not a CloudTrail record' };
    throw new UsageError(`${place}: eventName is missing`);
  }
  const eventSource = text(record['eventSource']);
  if (!eventSource) throw new UsageError(`${place}: eventSource is missing`);
  if (eventSource !== 'iam.amazonaws.com') {
    return { eventName: printable(eventName), reason: `not a call of IAM but of ${printable(eventSource)}` };
  }
  const call = CALLS.get(eventName);
  if (!call) return { eventName: printable(eventName), reason: 'makes or deletes no role or user' };
  return readChange(filed, eventName, call);
}

function readChange(filed: FiledRecord, eventName: string, { did, kind }: Call): RecordedChange {
  const { record, place } = filed;
  const failed = record['errorCode'] !== undefined && record['errorCode'] !== null;
  const name = nameOf(record, kind, { failed, place });
  if (!name && !failed) throw new UsageError(`${place}: requestParameters.${kind}Name is missing`);
  const region = text(record['awsRegion']);
  if (!region || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`${place}: awsRegion is ${shown(record['awsRegion'])}, expected a region`);
  }
  return {
    filed,
    eventName,
    did,
    kind,
    failed,
    region,
    at: timeOf(record['eventTime'], place),
    accountId: accountOf(record, place),
    partition: partitionFrom(record, region),
    ...(name && { name }),
    ...(did === 'create' && { made: madeBy(record, kind) }),
  };
}

function nameOf(
  record: JsonObject,
  kind: PrincipalKind,
  { failed, place }: { readonly failed: boolean; readonly place: string },
): string | undefined {
  const given = objectOr(record['requestParameters'])[`${kind}Name`];
  if (given === undefined || given === null) return undefined;
  // IAM API reference, CreateRole and CreateUser: letters, digits and +=,.@-_ up to 64.
  if (typeof given === 'string' && /^[\w+=,.@-]{1,64}$/.test(given)) return given;
  // It may be just why the call failed.
  if (failed) return undefined;
  throw new UsageError(`${place}: requestParameters.${kind}Name is ${shown(given)}, expected the name of a ${kind}`);
}

function timeOf(value: unknown, place: string): number {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
  const at = isIso ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(`${place}: eventTime is ${shown(value)}, expected a time such as 2026-11-24T05:30:00Z`);
  }
  return Math.floor(at / 1000) * 1000;
}

function madeBy(record: JsonObject, kind: PrincipalKind): RecordedPrincipal {
  const asked = objectOr(record['requestParameters']);
  const made = objectOr(objectOr(record['responseElements'])[kind]);
  const arnPath = /^arn:[^:]+:iam::\d{12}:(?:role|user)(\/(?:.+\/)?)[^/]+$/.exec(text(made['arn']) ?? '')?.[1];
  const uniqueId = text(made[`${kind}Id`]);
  const createDate = createDateOf(made['createDate']);
  const trustPolicy = text(asked['assumeRolePolicyDocument']) ?? decoded(made['assumeRolePolicyDocument']);
  const permissionsBoundary = text(asked['permissionsBoundary']);
  return {
    path: arnPath ?? [made['path'], asked['path']].find(isPath) ?? '/',
    tags: tagsOf(asked['tags'] ?? made['tags']),
    ...(uniqueId && { uniqueId }),
    ...(createDate !== undefined && { createDate }),
    ...(trustPolicy && { trustPolicy }),
    ...(permissionsBoundary && { permissionsBoundary }),
  };
}

// IAM API reference, CreateRole: a slash, or printable characters between slashes.
const isPath = (path: unknown): path is string => typeof path === 'string' && /^\/([\x21-\x7e]+\/)?$/.test(path);

/** `Jul 10, 2023 11:55:08 AM`, which names no zone and means UTC, or ISO 8601: both are seen in published records. */
function createDateOf(value: unknown): number | undefined {
  const written = text(value)?.replace(/\u202F/g, ' ');
  const at = Date.parse(written && / [AP]M$/.test(written) ? `${written} UTC` : (written ?? ''));
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000) * 1000;
}

/** IAM answers policies percent-encoded. */
function decoded(value: unknown): string | undefined {
  try {
    return typeof value === 'string' ? decodeURIComponent(value) : undefined;
  } catch {
    return undefined;
  }
}

function tagsOf(value: unknown): Record<string, string> {
  const tags = objectsIn(value).map((tag) => [text(tag['key']) ?? '', text(tag['value']) ?? ''] as const);
  return Object.fromEntries(tags.filter(([key]) => key !== ''));
}
