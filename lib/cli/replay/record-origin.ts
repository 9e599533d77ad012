import { shown } from './event-file.ts';
import { UsageError } from '../io.ts';
import { type JsonObject, objectOr, textOr } from './json-object.ts';

const isAccount = (value: unknown): value is string => typeof value === 'string' && /^\d{12}$/.test(value);

function arnOf(record: JsonObject): string {
  const answer = objectOr(record['responseElements']);
  return textOr(objectOr(answer['role'])['arn']) ?? textOr(objectOr(answer['user'])['arn']) ?? '';
}

/** The account whose role or user it is. Trails older than eventVersion 1.02 name only the caller's. */
export function accountOf(record: JsonObject, place: string): string {
  const given = record['recipientAccountId'];
  const inArn = arnOf(record).split(':')[4];
  const found = [given, inArn, objectOr(record['userIdentity'])['accountId']].find(
    (id) => id !== undefined && id !== null,
  );
  if (isAccount(found)) return found;
  throw new UsageError(`${place}: recipientAccountId is ${shown(found)}, expected the twelve digits of an account`);
}

// The regions whose names tell their partition (botocore data/partitions.json); all others are `aws`.
const PARTITIONS: readonly (readonly [RegExp, string, string])[] = [
  [/^cn-/, 'aws-cn', 'cn-north-1'],
  [/^us-gov-/, 'aws-us-gov', 'us-gov-west-1'],
  [/^us-iso-/, 'aws-iso', 'us-iso-east-1'],
  [/^us-isob-/, 'aws-iso-b', 'us-isob-east-1'],
  [/^us-isof-/, 'aws-iso-f', 'us-isof-south-1'],
  [/^eu-isoe-/, 'aws-iso-e', 'eu-isoe-west-1'],
  [/^eusc-/, 'aws-eusc', 'eusc-de-east-1'],
];

/** The partition: as the role's ARN says, the caller's, or as the region's name tells. */
export function partitionFrom(record: JsonObject, region: string): string {
  const caller = objectOr(record['userIdentity'])['arn'];
  const arn = [arnOf(record), caller].find((one) => typeof one === 'string' && /^arn:aws[a-z-]*:/.test(one));
  const named = typeof arn === 'string' ? arn.split(':')[1] : undefined;
  return named ?? PARTITIONS.find(([prefix]) => prefix.test(region))?.[1] ?? 'aws';
}

/** Where IAM's events arise in a partition (the region that IAM signs for: botocore, data/endpoints.json): certain to be its own. */
export const homeRegionOf = (partition: string): string =>
  PARTITIONS.find(([, name]) => name === partition)?.[2] ?? 'us-east-1';
