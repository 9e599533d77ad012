import { describe, expect, test } from 'vitest';
import { readRecord } from '../../../../lib/cli/replay/recorded-change.ts';
import { createRole, createUser, deleteRole, deleteUser, deniedRole, EC2_TRUST, otherCall } from '../records.ts';

const at = '2024-05-01T10:00:00Z';
const read = (record: object) => readRecord({ record: { ...record }, place: 'here' });

describe('a CreateRole record', () => {
  test('tells of the role: path, id, date and trust policy', () => {
    const change = read(createRole({ at, path: '/team/nodes/', roleId: 'AROAEXAMPLE0000000001' }));
    expect(change).toMatchObject({
      eventName: 'CreateRole',
      at: Date.parse(at),
      accountId: '444455556666',
      partition: 'aws',
      did: 'create',
      kind: 'role',
      name: 'worker',
      failed: false,
      made: {
        path: '/team/nodes/',
        uniqueId: 'AROAEXAMPLE0000000001',
        createDate: Date.parse(at),
        trustPolicy: JSON.stringify(EC2_TRUST),
      },
    });
  });

  test.each([
    ['in words, as UTC', 'May 1, 2024 1:02:03 PM'],
    ['in words, with the narrow space of newer Javas', 'May 1, 2024 1:02:03\u202FPM'],
    ['as ISO 8601', '2024-05-01T13:02:03Z'],
  ])('may have its date %s', (_, createDate) => {
    const record = createRole({ at });
    const role = { ...record.responseElements.role, createDate };
    expect(read({ ...record, responseElements: { role } })).toMatchObject({
      made: { createDate: Date.parse('2024-05-01T13:02:03Z') },
    });
  });

  test('without its answer still tells what was asked for', () => {
    const change = read(createRole({ at, path: '/nodes/', more: { responseElements: null } }));
    expect(change).toMatchObject({ failed: false, made: { path: '/nodes/', trustPolicy: JSON.stringify(EC2_TRUST) } });
  });

  test('without a trust policy in the request has the one of the answer, decoded', () => {
    const record = createRole({ at });
    const change = read({ ...record, requestParameters: { roleName: 'worker' } });
    expect(change).toMatchObject({ made: { trustPolicy: JSON.stringify(EC2_TRUST) } });
  });

  test('tells its tags and permissions boundary', () => {
    const record = createRole({ at });
    const asked = {
      ...record.requestParameters,
      tags: [{ key: 'team', value: 'shop' }],
      permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
    };
    expect(read({ ...record, requestParameters: asked })).toMatchObject({
      made: { tags: { team: 'shop' }, permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    });
  });
});

describe('a record of a user', () => {
  test('that was made tells its path and id, and no trust policy', () => {
    const change = read(createUser({ at, name: 'ada', path: '/team/', userId: 'AIDAEXAMPLE0000000001' }));
    expect(change).toMatchObject({
      eventName: 'CreateUser',
      did: 'create',
      kind: 'user',
      name: 'ada',
      accountId: '444455556666',
      made: { path: '/team/', uniqueId: 'AIDAEXAMPLE0000000001', createDate: Date.parse(at) },
    });
    expect(change).not.toHaveProperty('made.trustPolicy');
  });

  test('that was deleted tells its name', () => {
    expect(read(deleteUser({ at, name: 'ada' }))).toMatchObject({ did: 'delete', kind: 'user', name: 'ada' });
  });

  test('of an old trail is of its user’s account; without a name it is malformed', () => {
    const record = createUser({ at, accountId: '777788889999' });
    const old = { ...record, recipientAccountId: undefined, userIdentity: {} };
    expect(read(old)).toMatchObject({ accountId: '777788889999' });
    expect(() => read({ ...record, requestParameters: {} })).toThrow('requestParameters.userName is missing');
  });
});

describe('a record', () => {
  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-east-1', 'aws'],
  ])('of %s without any ARN is of partition %s', (region, partition) => {
    const service = { userIdentity: { type: 'AWSService', invokedBy: 'eks.amazonaws.com' } };
    expect(read(deleteRole({ at, region, more: service }))).toMatchObject({ partition });
  });

  test('of an old trail, without recipientAccountId, is of its role’s account', () => {
    expect(read({ ...createRole({ at }), recipientAccountId: undefined })).toMatchObject({ accountId: '444455556666' });
  });

  test('of a call that was refused has failed, whatever else is missing', () => {
    expect(read(deniedRole('CreateRole', { at }))).toMatchObject({ failed: true });
    expect(read(deniedRole('DeleteRole', { at }))).not.toHaveProperty('name');
  });

  test('of a call that failed for its parameters is taken, whatever they were', () => {
    const asked = { roleName: 'a b', path: 'nowhere', assumeRolePolicyDocument: '{' };
    const record = createRole({
      at,
      more: { errorCode: 'ValidationError', requestParameters: asked, responseElements: null },
    });
    expect(read(record)).toMatchObject({ failed: true, made: { path: '/' } });
    expect(read(record)).not.toHaveProperty('name');
  });

  test.each([
    ['UpdateUser', {}, 'makes or deletes no role or user'],
    ['PutRolePolicy', {}, 'makes or deletes no role or user'],
    ['CreateServiceLinkedRole', {}, 'makes or deletes no role or user'],
    ['CreateRole', { eventSource: 'other.amazonaws.com' }, 'not a call of IAM but of other.amazonaws.com'],
  ])('of %s %o is passed over, and says why', (eventName, more, reason) => {
    expect(read(otherCall(eventName, { at, more }))).toEqual({ eventName, reason });
  });

  test('of an event that CloudTrail never wrote is passed over by its detail-type', () => {
    const envelope = { 'detail-type': 'EC2 Instance State-change Notification', source: 'aws.ec2' };
    expect(readRecord({ record: { state: 'running' }, envelope, place: 'here' })).toEqual({
      eventName: 'EC2 Instance State-change Notification',
      reason: 'not a CloudTrail record',
    });
  });
});
