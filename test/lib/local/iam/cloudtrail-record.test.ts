import { existsSync, readFileSync } from 'node:fs';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetRoleCommand,
  IAMClient,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { trailDate } from '../../../../lib/local/iam/trail-elements.ts';
import { ACCOUNT, EC2, localWorld, refusal, roleArn } from '../local-world.ts';
import { allowing } from '../allowing.ts';

/** A world whose records are on the bus at once, and a way to see them. */
function recording() {
  const world = localWorld({ travel: { cloudTrailDelay: 0 } });
  const records = async () => {
    await world.wait(1);
    return world.aws.events.events.map(({ detail }) => detail);
  };
  return { ...world, records };
}

describe('a record', () => {
  test('of CreateRole tells what was asked and what was answered', async () => {
    const { iam, records } = recording();
    const Tags = [{ Key: 'StratusRedTeam', Value: 'true' }];
    const input = { RoleName: 'worker', Path: '/team/', AssumeRolePolicyDocument: EC2, MaxSessionDuration: 3600, Tags };
    const { Role } = await iam.send(new CreateRoleCommand(input));
    const tags = [{ key: 'StratusRedTeam', value: 'true' }];
    expect(await records()).toMatchObject([
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateRole',
        eventTime: '2026-11-24T05:30:00Z',
        awsRegion: 'us-east-1',
        recipientAccountId: ACCOUNT,
        readOnly: false,
        userAgent: expect.stringContaining('aws-sdk-js'),
        userIdentity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
        requestParameters: {
          roleName: 'worker',
          path: '/team/',
          assumeRolePolicyDocument: EC2,
          maxSessionDuration: 3600,
          tags,
        },
        responseElements: {
          role: {
            path: '/team/',
            roleName: 'worker',
            roleId: Role?.RoleId,
            arn: roleArn('team/worker'),
            createDate: 'Nov 24, 2026 5:30:00 AM',
            assumeRolePolicyDocument: encodeURIComponent(EC2),
            tags,
          },
        },
      },
    ]);
  });

  test('has no path where the caller gave none', async () => {
    const { iam, records } = recording();
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 }));
    const [record] = await records();
    expect(record?.['requestParameters']).toEqual({ roleName: 'worker', assumeRolePolicyDocument: EC2 });
  });

  test('of a delete has a name and nothing else', async () => {
    const { iam, records } = recording();
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    expect((await records())[1]).toMatchObject({ requestParameters: { roleName: 'worker' }, responseElements: null });
  });

  test('of a failed call carries code and text', async () => {
    const { iam, records } = recording();
    await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'none' })));
    expect(await records()).toMatchObject([
      {
        eventName: 'DeleteRole',
        errorCode: 'NoSuchEntityException',
        errorMessage: 'The role with name none cannot be found.',
        requestParameters: { roleName: 'none' },
        responseElements: null,
      },
    ]);
  });

  test('of a denied call keeps quiet about what was asked', async () => {
    const { aws, config, records } = recording();
    const key = aws.credentials.issue({ arn: roleArn('reader'), statements: allowing('iam:Get*') });
    await refusal(new IAMClient(config(key)).send(new DeleteRoleCommand({ RoleName: 'worker' })));
    expect(await records()).toMatchObject([
      { errorCode: 'AccessDenied', requestParameters: null, responseElements: null },
    ]);
  });

  test('of a call whose answer was lost tells that it took effect', async () => {
    const { aws, iam, records } = recording();
    aws.faults.inject({ operation: 'CreateRole', times: 1, effect: { kind: 'answerLost' } });
    await refusal(iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 })));
    expect(await records()).toMatchObject([
      { eventName: 'CreateRole', responseElements: { role: { roleName: 'worker' } } },
    ]);
  });

  test('is made of every change, and of no read', async () => {
    const { iam, records } = recording();
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: EC2 }));
    await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    await iam.send(new TagRoleCommand({ RoleName: 'worker', Tags: [{ Key: 'a', Value: 'b' }] }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'worker', PolicyDocument: EC2 }));
    const names = (await records()).map((record) => record['eventName']);
    expect(names).toEqual(['CreateRole', 'TagRole', 'UpdateAssumeRolePolicy']);
  });

  test('of a key never tells the secret', async () => {
    const { iam, records } = recording();
    await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    expect(JSON.stringify(await records())).not.toContain(AccessKey?.SecretAccessKey);
  });

  test('tells a user and a role by their own', async () => {
    const { aws, iam, config, records } = recording();
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'admin', Path: '/x/', AssumeRolePolicyDocument: EC2 }),
    );
    const user = new IAMClient(config(aws.credentials.issue({ arn: User?.Arn ?? '' })));
    const role = new IAMClient(config(aws.credentials.issue({ arn: Role?.Arn ?? '', sessionName: 'ann' })));
    for (const client of [user, role]) await refusal(client.send(new DeleteUserCommand({ UserName: 'none' })));
    const [, , byUser, byRole] = await records();
    expect(byUser?.['userIdentity']).toMatchObject({ type: 'IAMUser', userName: 'ann', principalId: User?.UserId });
    expect(byRole?.['userIdentity']).toMatchObject({
      type: 'AssumedRole',
      principalId: `${Role?.RoleId}:ann`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/ann`,
      sessionContext: { sessionIssuer: { type: 'Role', principalId: Role?.RoleId, arn: Role?.Arn, userName: 'admin' } },
    });
  });

  test.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('of partition %s arises in %s', async (partition, region) => {
    const { aws, config, records } = recording();
    const key = aws.credentials.issue({ arn: `arn:${partition}:iam::${ACCOUNT}:root` });
    await refusal(new IAMClient(config(key, 'eu-west-1')).send(new DeleteRoleCommand({ RoleName: 'none' })));
    expect(await records()).toMatchObject([{ awsRegion: region }]);
  });
});

test.each([
  ['2023-07-10T11:55:08Z', 'Jul 10, 2023 11:55:08 AM'],
  ['2023-07-10T12:01:52Z', 'Jul 10, 2023 12:01:52 PM'],
  ['2024-01-02T00:05:09Z', 'Jan 2, 2024 12:05:09 AM'],
  ['2024-12-31T23:00:00Z', 'Dec 31, 2024 11:00:00 PM'],
])('%s is written %s', (iso, written) => {
  expect(trailDate(new Date(iso))).toBe(written);
});

const SAMPLES = new URL('../../../../../shared/cloudtrail/terraform-roles.json', import.meta.url);
if (!existsSync(SAMPLES)) process.stderr.write(`left out: no CloudTrail samples at ${SAMPLES.pathname}\n`);

interface Sample {
  readonly eventName: string;
  readonly errorCode?: string;
  readonly requestParameters: object;
  readonly responseElements: object | null;
}

const keysOf = (value: object | null | undefined): string[] =>
  Object.entries(value ?? {}).flatMap(([name, each]: [string, unknown]) => {
    const isPlain = typeof each === 'object' && each !== null && !Array.isArray(each);
    return isPlain ? [name, ...keysOf(each).map((inner) => `${name}.${inner}`)] : [name];
  });

describe.skipIf(!existsSync(SAMPLES))("beside AWS's own records", () => {
  const file: { readonly Records: readonly Sample[] } = existsSync(SAMPLES)
    ? JSON.parse(readFileSync(SAMPLES, 'utf8'))
    : { Records: [] };

  test.each(['CreateRole', 'DeleteRole', 'CreateUser', 'DeleteUser'])(
    'a record of %s has the same keys',
    async (name) => {
      const { aws, iam, config, records } = recording();
      const Tags = [{ Key: 'a', Value: 'b' }];
      const { User } = await iam.send(new CreateUserCommand({ UserName: 'bert-jan' }));
      const client = new IAMClient(config(aws.credentials.issue({ arn: User?.Arn ?? '' })));
      const role = { RoleName: 'worker', Path: '/', AssumeRolePolicyDocument: EC2, MaxSessionDuration: 3600, Tags };
      await client.send(new CreateRoleCommand(role));
      await client.send(new DeleteRoleCommand({ RoleName: 'worker' }));
      await client.send(new CreateUserCommand({ UserName: 'ann', Path: '/' }));
      await client.send(new DeleteUserCommand({ UserName: 'ann' }));
      const ours = (await records()).findLast((record) => record['eventName'] === name);
      const theirs = file.Records.find(({ eventName, errorCode }) => eventName === name && errorCode === undefined);
      expect(keysOf(ours).toSorted()).toEqual(keysOf(theirs).toSorted());
    },
  );
});
