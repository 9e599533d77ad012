import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, ROOT, roleArn } from './local-world.ts';

const create = (RoleName: string) => new CreateRoleCommand({ RoleName, Path: '/team/', AssumeRolePolicyDocument: EC2 });

describe('a key', () => {
  test('of a role is a session with a token and the id that the role had', async () => {
    const { aws, iam } = localWorld();
    const { Role } = await iam.send(create('worker'));
    const key = aws.credentials.issue({ arn: Role?.Arn ?? '', sessionName: 'i-0123' });
    await iam.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    await iam.send(create('worker'));
    expect(key).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/), sessionToken: expect.any(String) });
    expect(aws.credentials.holderOf(key.accessKeyId)).toEqual({
      partition: 'aws',
      accountId: ACCOUNT,
      kind: 'role',
      name: 'worker',
      arn: roleArn('team/worker'),
      uniqueId: Role?.RoleId,
      sessionName: 'i-0123',
    });
    expect(aws.credentials.callerOf(key.accessKeyId)).toEqual({
      accessKeyId: key.accessKeyId,
      accountId: ACCOUNT,
      partition: 'aws',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/i-0123`,
      principalId: `${Role?.RoleId}:i-0123`,
    });
  });

  test("of a role that is not there has an id that is nobody else's", () => {
    const { aws } = localWorld();
    const [one, other] = [0, 1].map(() => aws.credentials.issue({ arn: roleArn('none') }).accessKeyId);
    const ids = [one, other].map((key) => aws.credentials.holderOf(key ?? '')?.uniqueId);
    expect(ids[0]).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('of a root has neither token nor session', () => {
    const { aws } = localWorld();
    const key = aws.credentials.issue({ arn: ROOT, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
    expect(key).toEqual({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: expect.any(String) });
    expect(aws.credentials.callerOf(key.accessKeyId)).toMatchObject({ arn: ROOT, principalId: ACCOUNT });
  });

  test("that nobody issued is the root of account 000000000000, in its region's partition", () => {
    const { aws } = localWorld();
    expect(aws.credentials.callerOf('AKIASTRANGER', 'cn-north-1')).toEqual({
      accessKeyId: 'AKIASTRANGER',
      accountId: '000000000000',
      partition: 'aws-cn',
      arn: 'arn:aws-cn:iam::000000000000:root',
      principalId: '000000000000',
    });
    expect(aws.credentials.holderOf('AKIASTRANGER')).toBeUndefined();
  });

  test.each([
    'arn:aws:sts::111122223333:assumed-role/a/b',
    'arn:aws:iam::1:role/a',
    'arn:aws:iam::111122223333:group/a',
    'a',
  ])('is not issued to %s', (arn) => {
    const { aws } = localWorld();
    expect(() => aws.credentials.issue({ arn })).toThrow(`cannot issue a key to '${arn}'`);
  });
});
