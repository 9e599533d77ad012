import * as v from 'valibot';
import { InvalidInput } from './errors.ts';
import { parseOrExplain, shown } from './invalid-input.ts';
import { partitionOf } from './partition.ts';
import { parsePrincipalArn } from './principal.ts';
import { AccountId, type Incarnation, IsoTime, type Principal, Region } from './shapes.ts';

type Kind = Principal['kind'];

const matching = (pattern: RegExp, wanted: string) => v.pipe(v.string(wanted), v.regex(pattern, wanted));

// IAM API reference, CreateRole and CreateUser: RoleName, RoleId, UserName, UserId, Path.
const nameOf = (kind: Kind) =>
  matching(/^[\w+=,.@-]{1,64}$/, `an IAM ${kind}'s name: 1 to 64 of A-Z a-z 0-9 _ + = , . @ -`);
const idOf = (kind: Kind, example: string) => matching(/^\w{16,128}$/, `a ${kind}'s unique id such as ${example}`);
const arnOf = (kind: Kind) => {
  const wanted = `a ${kind}'s ARN such as arn:aws:iam::111122223333:${kind}/team/name`;
  return v.pipe(
    v.string(wanted),
    v.check((arn) => parsePrincipalArn(arn)?.kind === kind, wanted),
  );
};
const Path = matching(/^\/([!-~]{1,510}\/)?$/, 'an IAM path, which begins and ends with /');

// CloudTrail leaves out what would be too large, so only one of the request and the answer may be there. The answer's
// `createDate` is written in two ways, one without a zone; `eventTime` says the same in one, so that alone is read.
const common = {
  eventTime: v.message(IsoTime, 'a time such as 2026-01-31T12:00:00Z'),
  awsRegion: v.message(Region, 'a region such as us-east-1'),
  recipientAccountId: v.message(AccountId, 'an account id of 12 digits'),
};
const object = <Entries extends v.ObjectEntries>(entries: Entries) => v.nullish(v.looseObject(entries, 'an object'));

const RoleDetail = v.looseObject({
  ...common,
  requestParameters: object({ roleName: v.nullish(nameOf('role')), path: v.nullish(Path) }),
  responseElements: object({
    role: object({ arn: v.nullish(arnOf('role')), roleId: v.nullish(idOf('role', 'AROAEXAMPLEEXAMPLE12')) }),
  }),
});
const UserDetail = v.looseObject({
  ...common,
  requestParameters: object({ userName: v.nullish(nameOf('user')), path: v.nullish(Path) }),
  responseElements: object({
    user: object({ arn: v.nullish(arnOf('user')), userId: v.nullish(idOf('user', 'AIDAEXAMPLEEXAMPLE12')) }),
  }),
});

/** What the record of a successful call that makes or deletes a role or user tells of it. */
export interface PrincipalRecord {
  readonly principal: Principal;
  /** `/` where the record doesn't tell. */
  readonly path: string;
  /** Absent where the record holds no answer to the call that made it. */
  readonly incarnation?: Incarnation;
  readonly eventTime: string;
}

/** Reads the CloudTrail record in an EventBridge event, or says what of it is malformed. */
export function readPrincipalRecord(event: unknown, kind: Kind): PrincipalRecord {
  const told = kind === 'role' ? readRole(event) : readUser(event);
  const { eventTime, recipientAccountId: accountId, awsRegion } = told.detail;
  const { arn, principalId } = told;
  const made = arn ? parsePrincipalArn(arn) : undefined;

  const name = told.name ?? made?.name;
  if (name === undefined) throw new InvalidInput(`detail.requestParameters.${kind}Name of the event is missing`);
  if (made && (made.accountId !== accountId || made.name.toLowerCase() !== name.toLowerCase())) {
    throw new InvalidInput(
      `detail.responseElements.${kind}.arn of the event is ${shown(arn)}, expected ${kind} '${name}' of account ${accountId}`,
    );
  }
  return {
    principal: { partition: made?.partition ?? partitionOf(awsRegion), accountId, kind, name },
    path: made?.path ?? told.detail.requestParameters?.path ?? '/',
    ...(arn && principalId && { incarnation: { principalArn: arn, principalId, createdAt: eventTime } }),
    eventTime,
  };
}

function readRole(event: unknown) {
  const { detail } = parseOrExplain(v.looseObject({ detail: RoleDetail }), event, 'the event');
  const { arn, roleId: principalId } = detail.responseElements?.role ?? {};
  return { detail, name: detail.requestParameters?.roleName, arn, principalId };
}

function readUser(event: unknown) {
  const { detail } = parseOrExplain(v.looseObject({ detail: UserDetail }), event, 'the event');
  const { arn, userId: principalId } = detail.responseElements?.user ?? {};
  return { detail, name: detail.requestParameters?.userName, arn, principalId };
}
