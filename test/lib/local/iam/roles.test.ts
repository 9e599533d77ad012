import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  paginateListRoles,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal } from '../local-world.ts';

const create = (RoleName: string, more: object = {}) =>
  new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: EC2, ...more });

describe('CreateRole', () => {
  test('answers what was set, with an id and a date of whole seconds', async () => {
    const { iam } = localWorld();
    const Tags = [{ Key: 'team', Value: 'a & <b> "c"' }];
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const { Role } = await iam.send(create('worker', { Path: '/team/nodes/', Tags, PermissionsBoundary: boundary }));
    expect(Role).toEqual({
      Path: '/team/nodes/',
      RoleName: 'worker',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${ACCOUNT}:role/team/nodes/worker`,
      CreateDate: new Date('2026-11-24T05:30:00Z'),
      AssumeRolePolicyDocument: encodeURIComponent(EC2),
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
      Tags,
    });
  });

  test('gives another id to a role made again under the same name', async () => {
    const { iam } = localWorld();
    const first = await iam.send(create('worker'));
    await iam.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    const second = await iam.send(create('worker'));
    expect(second.Role?.Arn).toBe(first.Role?.Arn);
    expect(second.Role?.RoleId).not.toBe(first.Role?.RoleId);
  });

  test('refuses a name that differs only in case or path', async () => {
    const { iam } = localWorld();
    await iam.send(create('Worker'));
    expect(await refusal(iam.send(create('worker', { Path: '/other/' })))).toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name worker already exists.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test.each([
    [
      'a b',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'x'.repeat(65),
      "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
  ])('refuses the name %s', async (name, message) => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(create(name)))).toMatchObject({ name: 'ValidationError', message });
  });

  test.each(['team/', '/team', '/a b/', 'x'])('refuses the path %s', async (Path) => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(create('worker', { Path })))).toMatchObject({
      name: 'ValidationError',
      message:
        'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    });
  });

  test.each([
    [60, 'greater than or equal to 3600'],
    [50_000, 'less than or equal to 43200'],
  ])('refuses a session of %i seconds', async (MaxSessionDuration, bound) => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(create('worker', { MaxSessionDuration })))).toMatchObject({
      message: `1 validation error detected: Value '${MaxSessionDuration}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
    });
  });

  test.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('signed for %s by a stranger makes a role of partition %s', async (region, partition) => {
    const { config } = localWorld();
    const stranger = new IAMClient(config({ accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' }, region));
    const { Role } = await stranger.send(create('worker'));
    expect(Role?.Arn).toBe(`arn:${partition}:iam::000000000000:role/worker`);
  });
});

describe('GetRole', () => {
  test('answers everything, defaults too', async () => {
    const { iam } = localWorld();
    await iam.send(create('worker', { Description: 'line\nbreak', Tags: [{ Key: 'a', Value: '' }] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'WORKER' }));
    expect(Role).toMatchObject({
      RoleName: 'worker',
      Description: 'line\nbreak',
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
      Tags: [{ Key: 'a', Value: '' }],
    });
  });

  test('says that there is no such role', async () => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(new GetRoleCommand({ RoleName: 'none' })))).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name none cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('UpdateRole', () => {
  test('changes description and session duration, and keeps the id', async () => {
    const { iam } = localWorld();
    const { Role: before } = await iam.send(create('worker'));
    await iam.send(new UpdateRoleCommand({ RoleName: 'worker', Description: 'new', MaxSessionDuration: 7200 }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    expect(Role).toMatchObject({ RoleId: before?.RoleId, Description: 'new', MaxSessionDuration: 7200 });
  });
});

describe('DeleteRole', () => {
  test('is refused the second time', async () => {
    const { iam } = localWorld();
    await iam.send(create('worker'));
    await iam.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'worker' })))).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name worker cannot be found.',
    });
  });

  test('is refused for a role of AWS', async () => {
    const { aws, iam } = localWorld();
    const name = 'AWSServiceRoleForAmazonEKS';
    const path = '/aws-service-role/eks.amazonaws.com/';
    const ids = { partition: 'aws', accountId: ACCOUNT, uniqueId: 'AROAEXAMPLE', createDate: 0, tags: {} };
    aws.iam.put({ kind: 'role', name, path, arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`, ...ids });
    expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName: name })))).toMatchObject({
      name: 'UnmodifiableEntityException',
      message: `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    });
  });
});

async function manyRoles(count: number) {
  const world = localWorld();
  const names = Array.from({ length: count }, (_, at) => `role-${String(at).padStart(2, '0')}`);
  for (const name of names) {
    await world.iam.send(create(name, { Path: name.endsWith('0') ? '/ten/' : '/', Tags: [{ Key: 'a', Value: 'b' }] }));
  }
  return { ...world, names };
}

describe('ListRoles', () => {
  test('gives each role once over its pages, which may be short', async () => {
    const { iam, names } = await manyRoles(25);
    const pages: number[] = [];
    const found: (string | undefined)[] = [];
    for await (const { Roles = [] } of paginateListRoles({ client: iam, pageSize: 6 }, {})) {
      pages.push(Roles.length);
      found.push(...Roles.map(({ RoleName }) => RoleName));
    }
    expect(found).toEqual(names);
    expect(Math.max(...pages)).toBeLessThanOrEqual(6);
    expect(pages.slice(0, -1).some((length) => length < 6)).toBe(true);
  });

  test('gives the trust policy but neither tags nor boundary', async () => {
    const { iam } = await manyRoles(1);
    const { Roles } = await iam.send(new ListRolesCommand({}));
    expect(Roles?.[0]).toMatchObject({ AssumeRolePolicyDocument: encodeURIComponent(EC2) });
    expect(Roles?.[0]).not.toHaveProperty('Tags');
    expect(Roles?.[0]).not.toHaveProperty('PermissionsBoundary');
  });

  test('finds those under a path', async () => {
    const { iam } = await manyRoles(21);
    const { Roles, IsTruncated } = await iam.send(new ListRolesCommand({ PathPrefix: '/ten/' }));
    expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(['role-00', 'role-10', 'role-20']);
    expect(IsTruncated).toBe(false);
  });

  test('shows nothing of another account', async () => {
    const { aws, config } = await manyRoles(2);
    const other = new IAMClient(config(aws.credentials.issue({ arn: 'arn:aws:iam::444455556666:root' })));
    expect((await other.send(new ListRolesCommand({}))).Roles).toEqual([]);
  });

  test.each([
    [{ MaxItems: 0 }, 'Member must have value greater than or equal to 1'],
    [{ MaxItems: 1001 }, 'Member must have value less than or equal to 1000'],
    [{ Marker: 'made up' }, 'marker is invalid'],
  ])('refuses %o', async (input, text) => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(new ListRolesCommand(input)))).toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(text),
    });
  });
});
