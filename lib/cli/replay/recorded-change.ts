import { type FiledRecord, printable, shown } from './event-file.ts';
import { UsageError } from '../io.ts';
import { type JsonObject, objectOr, objectsIn, textOr as text } from './json-object.ts';
import { accountOf, partitionFrom } from './record-origin.ts';

/** A CreateRole or DeleteRole that CloudTrail recorded, whether it succeeded or not. */
export interface RecordedChange {
  readonly filed: FiledRecord;
  readonly eventName: 'CreateRole' | 'DeleteRole';
  /** Milliseconds since 1970, a whole second. */
  readonly at: number;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** The record has an errorCode: it changed nothing. */
  readonly failed: boolean;
  /** Absent only where the call failed before AWS read its parameters. */
  readonly roleName?: string;
  /** What CreateRole asked for and got; absent parts were left out of the record. */
  readonly made?: RecordedRole;
}

/** The role that a CreateRole record tells of. */
interface RecordedRole {
  readonly path: string;
  readonly roleId?: string;
  readonly createDate?: number;
  readonly trustPolicy?: string;
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A record of another call: it has nothing to do with roles coming and going. */
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
  if (eventName !== 'CreateRole' && eventName !== 'DeleteRole') {
    const isUsers = eventName === 'CreateUser' || eventName === 'DeleteUser';
    const reason = isUsers ? 'users are not rebound yet, only roles' : 'makes or deletes no role';
    return { eventName: printable(eventName), reason };
  }
  return readChange(filed, eventName);
}

function readChange(filed: FiledRecord, eventName: RecordedChange['eventName']): RecordedChange {
  const { record, place } = filed;
  const failed = record['errorCode'] !== undefined && record['errorCode'] !== null;
  const roleName = roleNameOf(record, failed, place);
  if (!roleName && !failed) throw new UsageError(`${place}: requestParameters.roleName is missing`);
  const region = text(record['awsRegion']);
  if (!region || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`${place}: awsRegion is ${shown(record['awsRegion'])}, expected a region`);
  }
  return {
    filed,
    eventName,
    failed,
    region,
    at: timeOf(record['eventTime'], place),
    accountId: accountOf(record, place),
    partition: partitionFrom(record, region),
    ...(roleName && { roleName }),
    ...(eventName === 'CreateRole' && { made: madeBy(record) }),
  };
}

function roleNameOf(record: JsonObject, failed: boolean, place: string): string | undefined {
  const given = objectOr(record['requestParameters'])['roleName'];
  if (given === undefined || given === null) return undefined;
  // IAM API reference, CreateRole: letters, digits and +=,.@-_ up to 64.
  if (typeof given === 'string' && /^[\w+=,.@-]{1,64}$/.test(given)) return given;
  // It may be just why the call failed.
  if (failed) return undefined;
  throw new UsageError(`${place}: requestParameters.roleName is ${shown(given)}, expected the name of a role`);
}

function timeOf(value: unknown, place: string): number {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
  const at = isIso ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(`${place}: eventTime is ${shown(value)}, expected a time such as 2026-11-24T05:30:00Z`);
  }
  return Math.floor(at / 1000) * 1000;
}

function madeBy(record: JsonObject): RecordedRole {
  const asked = objectOr(record['requestParameters']);
  const role = objectOr(objectOr(record['responseElements'])['role']);
  const arnPath = /^arn:[^:]+:iam::\d{12}:role(\/(?:.+\/)?)[^/]+$/.exec(text(role['arn']) ?? '')?.[1];
  const roleId = text(role['roleId']);
  const createDate = createDateOf(role['createDate']);
  const trustPolicy = text(asked['assumeRolePolicyDocument']) ?? decoded(role['assumeRolePolicyDocument']);
  const permissionsBoundary = text(asked['permissionsBoundary']);
  return {
    path: arnPath ?? [role['path'], asked['path']].find(isPath) ?? '/',
    tags: tagsOf(asked['tags'] ?? role['tags']),
    ...(roleId && { roleId }),
    ...(createDate !== undefined && { createDate }),
    ...(trustPolicy && { trustPolicy }),
    ...(permissionsBoundary && { permissionsBoundary }),
  };
}

// IAM API reference, CreateRole: a slash, or printable characters between slashes.
const isPath = (path: unknown): path is string => typeof path === 'string' && /^\/([\x21-\x7e]+\/)?$/.test(path);

/** `Jul 10, 2023 11:55:08 AM`, which names no zone and means UTC, or ISO 8601 (aws-facts: both are seen in records). */
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
