import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  ListRolesCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal, roleArn, trust } from '../local-world.ts';

const create = (RoleName: string, AssumeRolePolicyDocument = EC2) =>
  new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument });
const policy = (statement: unknown) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const allow = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };

async function shown(iam: ReturnType<typeof localWorld>['iam'], RoleName: string): Promise<unknown> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
}

describe('a trust policy', () => {
  test.each([
    ['not JSON', '{', 'This policy contains invalid Json'],
    ['not an object', '[]', 'Syntax errors in policy.'],
    [
      'of an unknown version',
      JSON.stringify({ Version: '2020', Statement: [allow] }),
      'The policy must contain a valid version string',
    ],
    ['without a statement', JSON.stringify({ Version: '2012-10-17' }), 'Missing required field Statement'],
    ['without a principal', policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
    ['without an action', policy({ Effect: 'Allow', Principal: '*' }), 'Missing required field Action'],
    ['with a resource', policy({ ...allow, Resource: '*' }), 'Has prohibited field Resource'],
    ['with another effect', policy({ ...allow, Effect: 'Maybe' }), 'Syntax errors in policy.'],
    [
      'of another service',
      policy({ ...allow, Action: 's3:GetObject' }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ['of a strange service', trust({ Service: 'example.com' }), 'Invalid principal in policy: "SERVICE":"example.com"'],
    [
      'of a role that is not there',
      trust({ AWS: roleArn('none') }),
      `Invalid principal in policy: "AWS":"${roleArn('none')}"`,
    ],
    [
      'of a role under another path',
      trust({ AWS: roleArn('x/worker') }),
      `Invalid principal in policy: "AWS":"${roleArn('x/worker')}"`,
    ],
    ['of an id', trust({ AWS: 'AROAEXAMPLEEXAMPLE123' }), 'Invalid principal in policy: "AWS":"AROAEXAMPLEEXAMPLE123"'],
  ])('%s is refused', async (_, document, message) => {
    const { iam } = localWorld();
    await iam.send(create('worker'));
    const fault = { name: 'MalformedPolicyDocumentException', message, $metadata: { httpStatusCode: 400 } };
    expect(await refusal(iam.send(create('other', document)))).toMatchObject(fault);
    const update = { RoleName: 'worker', PolicyDocument: document };
    expect(await refusal(iam.send(new UpdateAssumeRolePolicyCommand(update)))).toMatchObject(fault);
  });

  test.each([
    ['everybody', '*'],
    ['an account by its id', ACCOUNT],
    ['an account by its root', 'arn:aws:iam::999999999999:root'],
    ['a role', roleArn('trusted')],
    ["a role's session", `arn:aws:sts::${ACCOUNT}:assumed-role/trusted/ann`],
    ['a user under a path', `arn:aws:iam::${ACCOUNT}:user/people/ann`],
  ])('may name %s', async (_, AWS) => {
    const { iam } = localWorld();
    await iam.send(create('trusted'));
    await iam.send(new CreateUserCommand({ UserName: 'ann', Path: '/people/' }));
    await iam.send(create('worker', trust({ AWS: [AWS] })));
    expect(await shown(iam, 'worker')).toEqual(JSON.parse(trust({ AWS: [AWS] })));
  });

  test('is shown byte for byte as it was written', async () => {
    const { iam } = localWorld();
    const document = `{\n  "Version" : "2012-10-17",\n  "Statement": ${JSON.stringify(allow)} }`;
    await iam.send(create('worker', document));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(document);
  });

  test('shows the id of a role it names once that is deleted, also when the role is made anew', async () => {
    const { iam } = localWorld();
    const { Role: trusted } = await iam.send(create('trusted'));
    await iam.send(create('other'));
    const document = trust({ AWS: [roleArn('trusted'), roleArn('other'), ACCOUNT] });
    await iam.send(create('worker', document));
    await iam.send(new DeleteRoleCommand({ RoleName: 'trusted' }));
    await iam.send(create('trusted'));
    const expected = JSON.parse(trust({ AWS: [trusted?.RoleId, roleArn('other'), ACCOUNT] }));
    expect(await shown(iam, 'worker')).toEqual(expected);
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const listed = Roles.find(({ RoleName }) => RoleName === 'worker')?.AssumeRolePolicyDocument ?? '';
    expect(JSON.parse(decodeURIComponent(listed))).toEqual(expected);
  });

  test('shows the ARN again once it was written anew', async () => {
    const { iam } = localWorld();
    await iam.send(create('trusted'));
    const document = trust({ AWS: roleArn('trusted') });
    await iam.send(create('worker', document));
    await iam.send(new DeleteRoleCommand({ RoleName: 'trusted' }));
    await iam.send(create('trusted'));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'worker', PolicyDocument: document }));
    expect(await shown(iam, 'worker')).toEqual(JSON.parse(document));
  });
});
