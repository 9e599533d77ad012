import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, EC2, localWorld, refusal, roleArn } from '../local-world.ts';

const RoleName = 'worker';
const InstanceProfileName = 'workers';
const PolicyArn = 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy';
const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });

async function worldWithRole() {
  const world = localWorld();
  await world.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: EC2 }));
  return world;
}

const conflict = (message: string) => ({
  name: 'DeleteConflictException',
  message,
  $metadata: { httpStatusCode: 409 },
});

test('a role goes only when nothing holds it and it holds nothing, as Terraform takes it apart', async () => {
  const { iam } = await worldWithRole();
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  const deleting = () => refusal(iam.send(new DeleteRoleCommand({ RoleName })));

  expect(await deleting()).toMatchObject(
    conflict('Cannot delete entity, must remove roles from instance profile first.'),
  );
  const { InstanceProfiles } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
  expect(InstanceProfiles).toMatchObject([{ InstanceProfileName, Roles: [{ RoleName }] }]);
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));

  expect(await deleting()).toMatchObject(conflict('Cannot delete entity, must detach all policies first.'));
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AmazonEKSWorkerNodePolicy', PolicyArn }]);
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));

  expect(await deleting()).toMatchObject(conflict('Cannot delete entity, must delete policies first.'));
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['inline']);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'inline' }));

  await iam.send(new DeleteRoleCommand({ RoleName }));
});

describe('policies of a role', () => {
  test('are attached once when attached twice', async () => {
    const { iam } = await worldWithRole();
    for (let time = 0; time < 2; time++) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toHaveLength(1);
  });

  test('are not detached twice', async () => {
    const { iam } = await worldWithRole();
    expect(await refusal(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })))).toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} was not found.`,
    });
  });

  test('are not deleted twice', async () => {
    const { iam } = await worldWithRole();
    expect(await refusal(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'inline' })))).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name inline cannot be found.',
    });
  });

  test('need an ARN that is one, and a document that is JSON', async () => {
    const { iam } = await worldWithRole();
    expect(await refusal(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'admin' })))).toMatchObject({
      name: 'InvalidInputException',
      message: 'ARN admin is not valid.',
    });
    const put = { RoleName, PolicyName: 'inline', PolicyDocument: '{' };
    expect(await refusal(iam.send(new PutRolePolicyCommand(put)))).toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Syntax errors in policy.',
    });
  });

  test('of a role that is not there are nowhere', async () => {
    const { iam } = localWorld();
    const fault = { name: 'NoSuchEntityException', message: 'The role with name worker cannot be found.' };
    expect(await refusal(iam.send(new ListRolePoliciesCommand({ RoleName })))).toMatchObject(fault);
    expect(await refusal(iam.send(new ListAttachedRolePoliciesCommand({ RoleName })))).toMatchObject(fault);
    expect(await refusal(iam.send(new ListInstanceProfilesForRoleCommand({ RoleName })))).toMatchObject(fault);
  });
});

const make = (more = {}) => new CreateInstanceProfileCommand({ InstanceProfileName, ...more });

describe('an instance profile', () => {
  test('is made empty, with an id of its own', async () => {
    const { iam } = localWorld();
    const { InstanceProfile } = await iam.send(make({ Path: '/team/', Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(InstanceProfile).toEqual({
      Path: '/team/',
      InstanceProfileName,
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/team/workers`,
      CreateDate: new Date('2026-11-24T05:30:00Z'),
      Roles: [],
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  test('exists once', async () => {
    const { iam } = localWorld();
    await iam.send(make());
    expect(await refusal(iam.send(make()))).toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Instance Profile workers already exists.',
    });
  });

  test('holds one role', async () => {
    const { iam } = await worldWithRole();
    await iam.send(make());
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    expect(
      await refusal(iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }))),
    ).toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    });
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
    expect(InstanceProfile?.Roles).toMatchObject([{ RoleName, Arn: roleArn(RoleName) }]);
  });

  test('goes only when it is empty, and once', async () => {
    const { iam } = await worldWithRole();
    await iam.send(make());
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    expect(await refusal(iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName })))).toMatchObject(
      conflict('Cannot delete entity, must remove roles from instance profile first.'),
    );
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    expect(
      await refusal(iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))),
    ).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Role worker in Instance Profile workers cannot be found.',
    });
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    expect(await refusal(iam.send(new GetInstanceProfileCommand({ InstanceProfileName })))).toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Instance Profile workers cannot be found.',
    });
  });
});
