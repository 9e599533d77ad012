import { CreateRoleCommand, CreateUserCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal, ROOT, roleArn } from '../local-world.ts';

test('GetCallerIdentity tells an administrator apart from a stranger', async () => {
  const { sts, config } = localWorld();
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: ACCOUNT,
    Arn: ROOT,
    UserId: ACCOUNT,
  });
  const stranger = new STSClient(config({ accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' }));
  expect(await stranger.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '000000000000' });
});

test('AssumeRole hands out keys that make their bearer the role', async () => {
  const { iam, sts, config } = localWorld();
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'admin', Path: '/team/', AssumeRolePolicyDocument: EC2 }),
  );
  const assumed = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'ann@example', DurationSeconds: 900 }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = assumed.Credentials ?? {};
  const session = `arn:aws:sts::${ACCOUNT}:assumed-role/admin/ann@example`;
  expect(assumed.AssumedRoleUser).toEqual({ AssumedRoleId: `${Role?.RoleId}:ann@example`, Arn: session });
  expect(Expiration).toEqual(new Date('2026-11-24T05:45:00Z'));
  expect(SessionToken).toEqual(expect.any(String));
  const own = config({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
  const identity = await new STSClient(own).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ UserId: `${Role?.RoleId}:ann@example`, Arn: session });
  await new IAMClient(own).send(new GetRoleCommand({ RoleName: 'admin' }));
});

test.each([
  ['a role that is not there', roleArn('none')],
  ['a user', `arn:aws:iam::${ACCOUNT}:user/ann`],
])('AssumeRole denies %s', async (_, RoleArn) => {
  const { iam, sts } = localWorld();
  await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  const assuming = sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ann' }));
  expect(await refusal(assuming)).toMatchObject({
    name: 'AccessDenied',
    message: `User: ${ROOT} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    $metadata: { httpStatusCode: 403 },
  });
});

test.each(['a', 'a b', 'x'.repeat(65)])('AssumeRole refuses the session name %s', async (RoleSessionName) => {
  const { iam, sts } = localWorld();
  await iam.send(new CreateRoleCommand({ RoleName: 'admin', AssumeRolePolicyDocument: EC2 }));
  const assuming = sts.send(new AssumeRoleCommand({ RoleArn: roleArn('admin'), RoleSessionName }));
  expect(await refusal(assuming)).toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining("at 'roleSessionName' failed to satisfy constraint"),
  });
});
