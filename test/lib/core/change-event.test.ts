import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { PrincipalChange, readChange } from '../../../lib/core/change-event.ts';
import { InvalidInput } from '../../../lib/core/errors.ts';

type Json = Record<string, unknown>;

const ARN = 'arn:aws:iam::111122223333:role/worker';
const answer = (arn = ARN, rest: Json = {}) => ({
  role: {
    arn,
    roleId: 'AROAEXAMPLEEXAMPLE12',
    createDate: 'Nov 1, 2026 12:00:00 PM',
    path: '/',
    roleName: 'worker',
    ...rest,
  },
});
const created: Json = {
  eventVersion: '1.09',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateRole',
  eventTime: '2026-11-01T12:00:00Z',
  eventID: '18277792-3333-4d87-816f-4f6da4c81b35',
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice' },
  requestParameters: { roleName: 'worker', path: '/' },
  responseElements: answer(),
};
const deleted: Json = {
  ...created,
  eventName: 'DeleteRole',
  requestParameters: { roleName: 'worker' },
  responseElements: null,
};

const USER_ARN = 'arn:aws:iam::111122223333:user/team/ada';
const userCreated: Json = {
  ...created,
  eventName: 'CreateUser',
  requestParameters: { userName: 'ada', path: '/team/' },
  responseElements: {
    user: {
      path: '/team/',
      userName: 'ada',
      userId: 'AIDAEXAMPLEEXAMPLE12',
      arn: USER_ARN,
      createDate: 'Nov 1, 2026 12:00:00 PM',
    },
  },
};
const userDeleted: Json = {
  ...userCreated,
  eventName: 'DeleteUser',
  requestParameters: { userName: 'ada' },
  responseElements: null,
};

const event = (detail: unknown, rest: Json = {}): Json => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  account: '111122223333',
  time: '2026-11-01T12:00:05Z',
  region: 'us-east-1',
  resources: [],
  detail,
  ...rest,
});

const cause = {
  kind: 'event',
  eventId: '18277792-3333-4d87-816f-4f6da4c81b35',
  eventName: 'CreateRole',
  eventTime: '2026-11-01T12:00:00Z',
  actorArn: 'arn:aws:iam::111122223333:user/alice',
};
const worker = { partition: 'aws', accountId: '111122223333', kind: 'role', name: 'worker' };

describe('a role was made', () => {
  test('tells the role, its incarnation as of the event’s time, and who did it', () => {
    expect(readChange(event(created))).toStrictEqual({
      schemaVersion: 1,
      kind: 'created',
      principal: worker,
      incarnation: { principalArn: ARN, principalId: 'AROAEXAMPLEEXAMPLE12', createdAt: '2026-11-01T12:00:00Z' },
      eventTime: '2026-11-01T12:00:00Z',
      cause,
    });
  });

  const PATH_ARN = 'arn:aws:iam::111122223333:role/team/nodes/worker';
  test.each<[string, Json, Json]>([
    ['no path in the request', { requestParameters: { roleName: 'worker' } }, { principal: worker }],
    [
      'a role under a path',
      { requestParameters: { roleName: 'worker', path: '/team/nodes/' }, responseElements: answer(PATH_ARN) },
      { principal: worker, incarnation: expect.objectContaining({ principalArn: PATH_ARN }) },
    ],
    [
      'createDate as IAM itself writes it',
      { responseElements: answer(ARN, { createDate: '2026-11-01T12:00:00Z' }) },
      { incarnation: expect.objectContaining({ createdAt: '2026-11-01T12:00:00Z' }) },
    ],
    [
      'createDate as CloudTrail writes it, and wrong',
      { responseElements: answer(ARN, { createDate: 'Jan 1, 1999 1:00:00 AM' }) },
      { incarnation: expect.objectContaining({ createdAt: '2026-11-01T12:00:00Z' }) },
    ],
    ['no createDate', { responseElements: answer(ARN, { createDate: undefined }) }, { incarnation: expect.anything() }],
    [
      'China',
      { awsRegion: 'cn-north-1', responseElements: answer('arn:aws-cn:iam::111122223333:role/worker') },
      { principal: { ...worker, partition: 'aws-cn' } },
    ],
    [
      'GovCloud',
      { awsRegion: 'us-gov-west-1', responseElements: answer('arn:aws-us-gov:iam::111122223333:role/worker') },
      { principal: { ...worker, partition: 'aws-us-gov' } },
    ],
    [
      'a partition whose regions we have not heard of',
      { awsRegion: 'mars-north-1', responseElements: answer('arn:aws-mars:iam::111122223333:role/worker') },
      { principal: { ...worker, partition: 'aws-mars' } },
    ],
    [
      'a name in another case in the answer',
      { responseElements: answer('arn:aws:iam::111122223333:role/Worker') },
      { principal: worker },
    ],
    ['no request, but an answer', { requestParameters: null }, { principal: worker, incarnation: expect.anything() }],
    [
      'a request that CloudTrail left out as too large',
      { requestParameters: { omitted: true, originalSize: 102401 } },
      { principal: worker },
    ],
  ])('%s', (_what, detail, expected) => {
    expect(readChange(event({ ...created, ...detail }))).toMatchObject({ kind: 'created', ...expected });
  });

  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    ['was left out as too large', { omitted: true, originalSize: 102401, reason: 'responseElementsTooLarge' }],
    ['has no role', { role: null }],
    ['has no ARN', answer(undefined, { arn: undefined })],
    ['has no id', answer(ARN, { roleId: null })],
  ])('still says which role where the answer %s', (_what, responseElements) => {
    const change = readChange(event({ ...created, responseElements }));
    expect(change).toMatchObject({ kind: 'created', principal: worker });
    expect(change).not.toHaveProperty('incarnation');
  });
});

describe('a role was deleted', () => {
  test('tells its name and account, which is all that CloudTrail does', () => {
    const change = { schemaVersion: 1, kind: 'deleted', principal: worker, eventTime: '2026-11-01T12:00:00Z' };
    expect(readChange(event(deleted))).toStrictEqual({ ...change, cause: { ...cause, eventName: 'DeleteRole' } });
  });

  test.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('in %s it is one of %s', (awsRegion, partition) => {
    expect(readChange(event({ ...deleted, awsRegion }))).toMatchObject({ principal: { partition } });
  });
});

test.each(['AWS API Call via CloudTrail', 'Amazon API Call via CloudTrail'])('reads a %s', (detailType) => {
  expect(readChange(event(deleted, { 'detail-type': detailType }))).toMatchObject({ kind: 'deleted' });
});

describe('a user', () => {
  const principal = { ...worker, kind: 'user', name: 'ada' };
  test('that was made is told with its own kind of id', () => {
    expect(readChange(event(userCreated))).toStrictEqual({
      schemaVersion: 1,
      kind: 'created',
      principal,
      incarnation: { principalArn: USER_ARN, principalId: 'AIDAEXAMPLEEXAMPLE12', createdAt: '2026-11-01T12:00:00Z' },
      eventTime: '2026-11-01T12:00:00Z',
      cause: { ...cause, eventName: 'CreateUser' },
    });
  });

  test('that was made is told where CloudTrail left the answer out', () => {
    const change = readChange(event({ ...userCreated, responseElements: null }));
    expect(change).toMatchObject({ kind: 'created', principal });
    expect(change).not.toHaveProperty('incarnation');
  });

  test('that was deleted is told by name', () => {
    expect(readChange(event(userDeleted))).toMatchObject({ kind: 'deleted', principal });
  });

  test('is not a role of the same name', () => {
    const role = readChange(event({ ...deleted, requestParameters: { roleName: 'ada' } }));
    expect(role).toMatchObject({ principal: { kind: 'role', name: 'ada' } });
  });

  test.each<[string, Json, RegExp]>([
    [
      'no name',
      { requestParameters: {}, responseElements: null },
      /requestParameters\.userName of the event is missing/,
    ],
    ['a role’s ARN', { responseElements: { user: { arn: ARN } } }, /a user's ARN such as/],
    ['another’s ARN', { responseElements: { user: { arn: USER_ARN.replace('ada', 'bob') } } }, /expected user 'ada'/],
    [
      'an ARN of another account',
      { responseElements: { user: { arn: USER_ARN.replace('1111', '9999') } } },
      /expected user 'ada' of account 111122223333/,
    ],
    ['an id that is none', { responseElements: { user: { arn: USER_ARN, userId: 'x' } } }, /AIDAEXAMPLE/],
  ])('with %s is malformed, and it says where', (_, detail, message) => {
    expect(() => readChange(event({ ...userCreated, ...detail }))).toThrow(message);
  });
});

describe('the cause', () => {
  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    ['has no ARN', { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' }],
    ['has an ARN that is no text', { arn: 7 }],
    ['has an ARN that would write on a terminal', { arn: 'arn:aws:iam::1:user/\u001b[2J' }],
  ])('names no actor where the identity %s', (_what, userIdentity) => {
    const change = readChange(event({ ...created, userIdentity }));
    expect(change).toMatchObject({ kind: 'created' });
    expect(change.cause).not.toHaveProperty('actorArn');
  });

  test('names the session of an assumed role as the event tells it', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/deployer/run-7';
    const userIdentity = {
      type: 'AssumedRole',
      arn,
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/deployer' } },
    };
    expect(readChange(event({ ...created, userIdentity })).cause.actorArn).toBe(arn);
  });

  test('goes without the id of an event that has none', () => {
    expect(readChange(event({ ...created, eventID: undefined })).cause).not.toHaveProperty('eventId');
  });
});

describe('nothing to do', () => {
  const SERVICE_LINKED = 'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/worker';
  test.each<[string, Json, RegExp]>([
    [
      'a call that failed',
      event({ ...created, errorCode: 'EntityAlreadyExistsException', responseElements: null }),
      /CreateRole failed: "EntityAlreadyExistsException"/,
    ],
    [
      'a call that was denied',
      event({ ...created, errorCode: 'AccessDenied', requestParameters: null, responseElements: null }),
      /failed: "AccessDenied"/,
    ],
    ['a deletion that failed', event({ ...deleted, errorCode: 'DeleteConflictException' }), /DeleteRole failed/],
    ['an empty error code', event({ ...created, errorCode: '' }), /failed/],
    ['only an error message', event({ ...created, errorMessage: 'no' }), /failed: "no"/],
    ['another service', event({}, { source: 'aws.ec2' }), /'aws.ec2'/],
    ['our own announcement', event({}, { source: 'eks-rebind' }), /'eks-rebind'/],
    ['another kind of event', event({}, { 'detail-type': 'AWS Console Sign In via CloudTrail' }), /Console Sign In/],
    ['a call to another service', event({ ...created, eventSource: 'sts.amazonaws.com' }), /sts\.amazonaws\.com/],
    ['another call', event({ ...created, eventName: 'TagRole' }), /TagRole neither/],
    [
      'a service-linked role being made',
      event({ ...created, eventName: 'CreateServiceLinkedRole' }),
      /CreateServiceLinkedRole/,
    ],
    ['a service-linked role', event({ ...created, responseElements: answer(SERVICE_LINKED) }), /service-linked/],
    [
      'a service-linked role by its path',
      event({
        ...created,
        requestParameters: { roleName: 'worker', path: '/aws-service-role/eks.amazonaws.com/' },
        responseElements: null,
      }),
      /service-linked/,
    ],
    ['a user that is renamed', event({ ...created, eventName: 'UpdateUser' }), /UpdateUser neither makes/],
    ['a user’s call that failed', event({ ...userCreated, errorCode: 'LimitExceededException' }), /CreateUser failed/],
  ])('%s', (_what, given, reason) => {
    expect(readChange(given)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(reason) });
  });

  test('an error code of null is none', () => {
    expect(readChange(event({ ...created, errorCode: null, errorMessage: null }))).toMatchObject({ kind: 'created' });
  });

  test('says when it happened, where the event does', () => {
    const other = { ...created, eventName: 'TagRole' };
    expect(readChange(event(other))).toMatchObject({ eventTime: '2026-11-01T12:00:00Z' });
    expect(readChange(event({ ...other, eventTime: 'noon' }))).not.toHaveProperty('eventTime');
  });
});

describe('malformed', () => {
  const request = (requestParameters: unknown) => event({ ...created, requestParameters });
  test.each<[string, unknown, string]>([
    ['no event', undefined, 'the event is missing'],
    ['null', null, 'the event is null, expected an EventBridge event, an object'],
    ['text', 'CreateRole', 'the event is "CreateRole", expected an EventBridge event, an object'],
    ['a bare CloudTrail record', created, 'source of the event is missing'],
    ['no detail', event(undefined), 'detail of the event is missing'],
    ['a detail that is text', event('x'), 'detail of the event is "x", expected an object: the CloudTrail record'],
    ['a source that is a number', event(created, { source: 7 }), 'source of the event is 7, expected text'],
    [
      'a source with a line break',
      event(created, { source: 'aws\niam' }),
      'source of the event is "aws\\niam", expected up to 256 plain characters',
    ],
    ['no name', event({ ...created, eventName: undefined }), 'detail.eventName of the event is missing'],
    ['no event source', event({ ...created, eventSource: undefined }), 'detail.eventSource of the event is missing'],
    ['no time', event({ ...created, eventTime: undefined }), 'detail.eventTime of the event is missing'],
    [
      'no real time',
      event({ ...created, eventTime: 'noon' }),
      'detail.eventTime of the event is "noon", expected a time such as 2026-01-31T12:00:00Z',
    ],
    [
      'no region',
      event({ ...created, awsRegion: 'everywhere' }),
      'detail.awsRegion of the event is "everywhere", expected a region such as us-east-1',
    ],
    [
      'a short account',
      event({ ...created, recipientAccountId: '123' }),
      'detail.recipientAccountId of the event is "123", expected an account id of 12 digits',
    ],
    [
      'an account that is a number',
      event({ ...created, recipientAccountId: 111122223333 }),
      'detail.recipientAccountId of the event is 111122223333, expected an account id of 12 digits',
    ],
    [
      'a request that is text',
      request('worker'),
      'detail.requestParameters of the event is "worker", expected an object',
    ],
    [
      'a role’s name with a slash',
      request({ roleName: 'a/b' }),
      'detail.requestParameters.roleName of the event is "a/b", expected an IAM role\'s name: 1 to 64 of A-Z a-z 0-9 _ + = , . @ -',
    ],
    [
      'a path without an end',
      request({ roleName: 'worker', path: '/team' }),
      'detail.requestParameters.path of the event is "/team", expected an IAM path, which begins and ends with /',
    ],
    [
      'a deletion of no role',
      event({ ...deleted, requestParameters: null }),
      'detail.requestParameters.roleName of the event is missing',
    ],
    [
      'an answer that is text',
      event({ ...created, responseElements: 'x' }),
      'detail.responseElements of the event is "x", expected an object',
    ],
    [
      'a role that is a list',
      event({ ...created, responseElements: { role: 'x' } }),
      'detail.responseElements.role of the event is "x", expected an object',
    ],
    [
      'an ARN that is a user’s',
      event({ ...created, responseElements: answer('arn:aws:iam::111122223333:user/worker') }),
      'detail.responseElements.role.arn of the event is "arn:aws:iam::111122223333:user/worker", expected a role\'s ARN such as arn:aws:iam::111122223333:role/team/name',
    ],
    [
      'an id that is none',
      event({ ...created, responseElements: answer(ARN, { roleId: 'worker' }) }),
      'detail.responseElements.role.roleId of the event is "worker", expected a role\'s unique id such as AROAEXAMPLEEXAMPLE12',
    ],
    [
      'an answer for another role',
      event({ ...created, responseElements: answer('arn:aws:iam::111122223333:role/admin') }),
      'detail.responseElements.role.arn of the event is "arn:aws:iam::111122223333:role/admin", expected role \'worker\' of account 111122223333',
    ],
    [
      'an answer for another account',
      event({ ...created, responseElements: answer('arn:aws:iam::444455556666:role/worker') }),
      'detail.responseElements.role.arn of the event is "arn:aws:iam::444455556666:role/worker", expected role \'worker\' of account 111122223333',
    ],
  ])('%s', (_what, given, message) => {
    expect(() => readChange(given)).toThrow(new InvalidInput(message));
  });

  test('says so in one bounded line, whatever the value', () => {
    const wrong = fc
      .string({ unit: 'binary', maxLength: 5000, size: 'max' })
      .filter((text) => !/^[\w+=,.@-]{1,64}$/.test(text));
    fc.assert(
      fc.property(wrong, (roleName) => {
        const said = messageOf(request({ roleName }));
        expect(said).toMatch(/^detail\.requestParameters\.roleName of the event is ".*, expected an IAM role's name/);
        expect(said?.length).toBeLessThan(1000);
        expect(said).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

/** What is said to be wrong with an event; undefined where nothing is, and then it was read as a change. */
function messageOf(given: unknown): string | undefined {
  try {
    v.assert(PrincipalChange, readChange(given));
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}

test('whatever comes in is read, ignored or refused by name', () => {
  fc.assert(
    fc.property(fc.anything(), (any) => {
      const details = [any, { ...created, requestParameters: any }, { ...created, responseElements: any }];
      for (const given of [any, ...details.map((detail) => event(detail))]) {
        expect(() => messageOf(given)).not.toThrow();
      }
    }),
  );
});
