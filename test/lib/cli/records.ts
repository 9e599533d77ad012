/** CloudTrail records as AWS writes them, written by us: only what a test is about is said. */
export interface RecordParts {
  readonly at: string;
  readonly name?: string;
  readonly path?: string;
  readonly accountId?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly roleId?: string;
  readonly userId?: string;
  readonly trust?: object;
  readonly more?: object;
}

const ACCOUNT = '444455556666';

/** The trust policy of a role for EC2 instances. */
export const EC2_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

let counter = 0;

function common(eventName: string, { at, accountId = ACCOUNT, partition = 'aws', region = 'us-east-1' }: RecordParts) {
  counter += 1;
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:${partition}:sts::${accountId}:assumed-role/deployer/terraform`,
      accountId,
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'deployer' } },
    },
    eventTime: at,
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: region,
    requestID: `request-${counter}`,
    eventID: `event-${counter}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: accountId,
  };
}

/** A CreateRole that succeeded; its createDate is in the form without a zone. */
export function createRole(parts: RecordParts) {
  const { at, name = 'worker', path, accountId = ACCOUNT, partition = 'aws', trust = EC2_TRUST, more } = parts;
  const date = new Date(at);
  const day = date.toLocaleString('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric', year: 'numeric' });
  const time = date.toLocaleString('en-US', { timeZone: 'UTC', timeStyle: 'medium' });
  const document = JSON.stringify(trust);
  return {
    ...common('CreateRole', parts),
    requestParameters: { ...(path && { path }), roleName: name, assumeRolePolicyDocument: document },
    responseElements: {
      role: {
        path: path ?? '/',
        roleName: name,
        roleId: parts.roleId ?? `AROA${String(counter).padStart(17, 'X')}`,
        arn: `arn:${partition}:iam::${accountId}:role${path ?? '/'}${name}`,
        createDate: `${day} ${time}`,
        assumeRolePolicyDocument: encodeURIComponent(document),
      },
    },
    ...more,
  };
}

/** A DeleteRole that succeeded: it carries the name and nothing else. */
export function deleteRole(parts: RecordParts) {
  const { name = 'worker', more } = parts;
  return { ...common('DeleteRole', parts), requestParameters: { roleName: name }, responseElements: null, ...more };
}

/** A CreateUser that succeeded. */
export function createUser(parts: RecordParts) {
  const { at, name = 'ada', path, accountId = ACCOUNT, partition = 'aws', more } = parts;
  return {
    ...common('CreateUser', parts),
    requestParameters: { ...(path && { path }), userName: name },
    responseElements: {
      user: {
        path: path ?? '/',
        userName: name,
        userId: parts.userId ?? `AIDA${String(counter).padStart(17, 'X')}`,
        arn: `arn:${partition}:iam::${accountId}:user${path ?? '/'}${name}`,
        createDate: at,
      },
    },
    ...more,
  };
}

/** A DeleteUser that succeeded. */
export function deleteUser(parts: RecordParts) {
  const { name = 'ada', more } = parts;
  return { ...common('DeleteUser', parts), requestParameters: { userName: name }, responseElements: null, ...more };
}

/** A call that AWS refused before it read the parameters. */
export function deniedRole(eventName: string, parts: RecordParts) {
  const error = { errorCode: 'AccessDenied', errorMessage: 'not authorized' };
  return { ...common(eventName, parts), ...error, requestParameters: null, responseElements: null };
}

/** A record of any other call. */
export function otherCall(eventName: string, parts: RecordParts) {
  return { ...common(eventName, parts), requestParameters: {}, responseElements: null, ...parts.more };
}

/** A record in EventBridge's envelope. */
export function inEnvelope(detail: { awsRegion: string; recipientAccountId: string; eventTime: string }) {
  return {
    version: '0',
    id: '0d8b7f3e-1c8d-4a52-9b1e-6f1f2c3d4e5f',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: detail.recipientAccountId,
    time: detail.eventTime,
    region: detail.awsRegion,
    resources: [],
    detail,
  };
}
