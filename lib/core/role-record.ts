import * as v from 'valibot';
import { InvalidInput } from './errors.ts';
import { parseOrExplain, shown } from './invalid-input.ts';
import { partitionOf } from './partition.ts';
import { parsePrincipalArn } from './principal.ts';
import { AccountId, type Incarnation, IsoTime, type Principal, Region } from './shapes.ts';

const matching = (pattern: RegExp, wanted: string) => v.pipe(v.string(wanted), v.regex(pattern, wanted));

// IAM API reference, CreateRole: RoleName, RoleId, Path.
const RoleName = matching(/^[\w+=,.@-]{1,64}$/, "an IAM role's name: 1 to 64 of A-Z a-z 0-9 _ + = , . @ -");
const RoleId = matching(/^\w{16,128}$/, "a role's unique id such as AROAEXAMPLEEXAMPLE12");
const Path = matching(/^\/([!-~]{1,510}\/)?$/, 'an IAM path, which begins and ends with /');

const A_ROLE_ARN = "a role's ARN such as arn:aws:iam::111122223333:role/team/name";
const RoleArn = v.pipe(
  v.string(A_ROLE_ARN),
  v.check((arn) => parsePrincipalArn(arn)?.kind === 'role', A_ROLE_ARN),
);

const Answer = v.looseObject({ arn: v.nullish(RoleArn), roleId: v.nullish(RoleId) }, 'an object');

// CloudTrail leaves out what would be too large, so only one of the request and the answer may be there. The answer's
// `createDate` is written in two ways, one without a zone; `eventTime` says the same in one, so that alone is read.
const Detail = v.looseObject({
  eventTime: v.message(IsoTime, 'a time such as 2026-01-31T12:00:00Z'),
  awsRegion: v.message(Region, 'a region such as us-east-1'),
  recipientAccountId: v.message(AccountId, 'an account id of 12 digits'),
  requestParameters: v.nullish(v.looseObject({ roleName: v.nullish(RoleName), path: v.nullish(Path) }, 'an object')),
  responseElements: v.nullish(v.looseObject({ role: v.nullish(Answer) }, 'an object')),
});

/** What the record of a successful CreateRole or DeleteRole tells of the role. */
export interface RoleRecord {
  readonly principal: Principal;
  /** `/` where the record doesn't tell. */
  readonly path: string;
  /** Absent where the record holds no answer to a CreateRole. */
  readonly incarnation?: Incarnation;
  readonly eventTime: string;
}

/** Reads the CloudTrail record in an EventBridge event, or says what of it is malformed. */
export function readRoleRecord(event: unknown): RoleRecord {
  const { detail } = parseOrExplain(v.looseObject({ detail: Detail }), event, 'the event');
  const { eventTime, recipientAccountId: accountId, requestParameters: request } = detail;
  const { arn, roleId: principalId } = detail.responseElements?.role ?? {};
  const made = arn ? parsePrincipalArn(arn) : undefined;

  const name = request?.roleName ?? made?.name;
  if (name === undefined) throw new InvalidInput('detail.requestParameters.roleName of the event is missing');
  if (made && (made.accountId !== accountId || made.name.toLowerCase() !== name.toLowerCase())) {
    throw new InvalidInput(
      `detail.responseElements.role.arn of the event is ${shown(arn)}, expected role '${name}' of account ${accountId}`,
    );
  }
  return {
    principal: { partition: made?.partition ?? partitionOf(detail.awsRegion), accountId, kind: 'role', name },
    path: made?.path ?? request?.path ?? '/',
    ...(arn && principalId && { incarnation: { principalArn: arn, principalId, createdAt: eventTime } }),
    eventTime,
  };
}
