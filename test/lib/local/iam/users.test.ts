import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, localWorld, refusal } from '../local-world.ts';

const create = (UserName: string, more: object = {}) => new CreateUserCommand({ UserName, ...more });

describe('a user', () => {
  test('is made with an id of its own', async () => {
    const { iam } = localWorld();
    const { User } = await iam.send(create('ann', { Path: '/people/', Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(User).toEqual({
      Path: '/people/',
      UserName: 'ann',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${ACCOUNT}:user/people/ann`,
      CreateDate: new Date('2026-11-24T05:30:00Z'),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect((await iam.send(new GetUserCommand({ UserName: 'Ann' }))).User).toEqual(User);
  });

  test('has a name of its own, whatever its case', async () => {
    const { iam } = localWorld();
    await iam.send(create('ann'));
    expect(await refusal(iam.send(create('ANN')))).toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'User with name ANN already exists.',
    });
  });

  test('may be called like a role', async () => {
    const { aws, iam } = localWorld();
    await iam.send(create('ann'));
    expect(aws.iam.find(ACCOUNT, 'role', 'ann')).toBeUndefined();
  });

  test('is deleted once', async () => {
    const { iam } = localWorld();
    await iam.send(create('ann'));
    await iam.send(new DeleteUserCommand({ UserName: 'ann' }));
    const fault = { name: 'NoSuchEntityException', message: 'The user with name ann cannot be found.' };
    expect(await refusal(iam.send(new DeleteUserCommand({ UserName: 'ann' })))).toMatchObject(fault);
    expect(await refusal(iam.send(new GetUserCommand({ UserName: 'ann' })))).toMatchObject(fault);
  });

  test('is listed over pages, without tags', async () => {
    const { iam } = localWorld();
    const names = Array.from({ length: 9 }, (_, at) => `user-${at}`);
    for (const name of names) await iam.send(create(name, { Tags: [{ Key: 'a', Value: 'b' }] }));
    const found = [];
    for await (const { Users = [] } of paginateListUsers({ client: iam, pageSize: 4 }, {})) found.push(...Users);
    expect(found.map(({ UserName }) => UserName)).toEqual(names);
    expect(found.some((user) => 'Tags' in user)).toBe(false);
  });

  test('finds itself without a name', async () => {
    const { aws, iam, config } = localWorld();
    await iam.send(create('ann', { Path: '/people/' }));
    const key = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:user/people/ann` });
    const { User } = await new IAMClient(config(key)).send(new GetUserCommand({}));
    expect(User?.UserName).toBe('ann');
    expect(await refusal(iam.send(new GetUserCommand({})))).toMatchObject({ name: 'ValidationError' });
  });
});

describe('an access key', () => {
  test('makes its bearer the user', async () => {
    const { iam, aws } = localWorld();
    const { User } = await iam.send(create('ann'));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    expect(AccessKey).toMatchObject({
      UserName: 'ann',
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      Status: 'Active',
      SecretAccessKey: expect.any(String),
    });
    const caller = aws.credentials.callerOf(AccessKey?.AccessKeyId ?? '');
    expect(caller).toMatchObject({ arn: User?.Arn, principalId: User?.UserId, accountId: ACCOUNT });
  });

  test('stands in the way of deleting the user, until it is deleted', async () => {
    const { iam, aws } = localWorld();
    await iam.send(create('ann'));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    expect(await refusal(iam.send(new DeleteUserCommand({ UserName: 'ann' })))).toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete access keys first.',
      $metadata: { httpStatusCode: 409 },
    });
    const AccessKeyId = AccessKey?.AccessKeyId ?? '';
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId }));
    expect(aws.credentials.holderOf(AccessKeyId)).toBeUndefined();
    await iam.send(new DeleteUserCommand({ UserName: 'ann' }));
  });

  test('is one of two at most, and found by its id', async () => {
    const { iam } = localWorld();
    await iam.send(create('ann'));
    for (let key = 0; key < 2; key++) await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    expect(await refusal(iam.send(new CreateAccessKeyCommand({ UserName: 'ann' })))).toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    });
    const deleting = iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId: 'AKIANONE1234567890AB' }));
    expect(await refusal(deleting)).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The Access Key with id AKIANONE1234567890AB cannot be found.',
    });
  });
});
