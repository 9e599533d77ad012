import {
  type AccessScope,
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DescribeAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  ListAccessPoliciesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { CLUSTER, EDIT, eksWorld, policyArn, roleArn, START, VIEW } from './eks-world.ts';

const at = (principalArn: string) => ({ clusterName: CLUSTER, principalArn });

function world(options?: Parameters<typeof eksWorld>[0]) {
  const made = eksWorld(options);
  const client = made.client();
  const { putRole, ref, state } = made;
  return {
    ...made,
    put: (type = 'STANDARD', name = 'people') => state.addEntry({ ...ref(putRole(name).arn), type }).ref.principalArn,
    create: (principalArn: string) => client.send(new CreateAccessEntryCommand(at(principalArn))),
    describe: (principalArn: string) => client.send(new DescribeAccessEntryCommand(at(principalArn))),
    associate: (principalArn: string, policy = VIEW, accessScope: AccessScope = { type: 'cluster' }) =>
      client.send(new AssociateAccessPolicyCommand({ ...at(principalArn), policyArn: policy, accessScope })),
    disassociate: (principalArn: string, policy = VIEW) =>
      client.send(new DisassociateAccessPolicyCommand({ ...at(principalArn), policyArn: policy })),
    list: (principalArn: string, page: object = {}) =>
      client.send(new ListAssociatedAccessPoliciesCommand({ ...at(principalArn), ...page })),
    offered: (page: object = {}) => client.send(new ListAccessPoliciesCommand(page)),
  };
}

const notFound = {
  name: 'ResourceNotFoundException',
  message:
    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
};
const noSuchPolicy = { name: 'ResourceNotFoundException', message: 'The specified policyArn could not be found.' };
const invalid = (message: string) => ({ name: 'InvalidParameterException', message });

describe('AssociateAccessPolicy', () => {
  test('gives an entry a policy with its scope', async () => {
    const { put, associate, list } = world();
    const people = put();
    const scope = { type: 'namespace' as const, namespaces: ['web', 'dev-*'] };
    const { associatedAccessPolicy } = await associate(people, EDIT, scope);
    expect(associatedAccessPolicy).toEqual({
      policyArn: EDIT,
      accessScope: scope,
      associatedAt: new Date(START),
      modifiedAt: new Date(START),
    });
    expect((await list(people)).associatedAccessPolicies).toEqual([associatedAccessPolicy]);
  });

  test('asked again, changes the scope and keeps when it was associated', async () => {
    const { put, associate, list, wait } = world();
    const people = put();
    await associate(people, VIEW, { type: 'namespace', namespaces: ['web'] });
    await wait(5_000);
    await associate(people, VIEW);
    const { associatedAccessPolicies } = await list(people);
    expect(associatedAccessPolicies).toEqual([
      {
        policyArn: VIEW,
        accessScope: { type: 'cluster', namespaces: [] },
        associatedAt: new Date(START),
        modifiedAt: new Date(START + 5_000),
      },
    ]);
  });

  test.each([
    [false, START],
    [true, START + 5_000],
  ])('moves the time of the entry: %s', async (policiesMoveModifiedAt, modifiedAt) => {
    const { put, associate, disassociate, describe: show, wait } = world({ eks: { policiesMoveModifiedAt } });
    const people = put();
    await wait(5_000);
    await associate(people);
    expect((await show(people)).accessEntry?.modifiedAt).toEqual(new Date(modifiedAt));
    await wait(5_000);
    await disassociate(people);
    const later = policiesMoveModifiedAt ? modifiedAt + 5_000 : modifiedAt;
    expect((await show(people)).accessEntry?.modifiedAt).toEqual(new Date(later));
  });

  test('does not find an entry right after it was made', async () => {
    const { create, associate, wait, putRole } = world({ eks: { associable: 3_000 } });
    const { arn } = putRole('people');
    await create(arn);
    await wait(2_999);
    await expect(associate(arn)).rejects.toMatchObject(notFound);
    await wait(1);
    await expect(associate(arn)).resolves.toMatchObject({ principalArn: arn });
  });

  test('is for people and for nodes of Auto Mode', async () => {
    const { put, associate } = world();
    const autoNode = put('EC2', 'auto');
    await expect(associate(autoNode, policyArn('AmazonEKSAutoNodePolicy'))).resolves.toBeDefined();
    for (const type of ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX']) {
      await expect(associate(put(type, type))).rejects.toMatchObject(
        invalid('This operation can only be performed on Access Entries with a type of "STANDARD".'),
      );
    }
  });

  test.each([
    [
      "another service's policy",
      'arn:aws:iam::aws:policy/AdministratorAccess',
      'The policyArn parameter format is not valid',
    ],
    [
      'a policy of services',
      policyArn('AmazonEKSComputePolicy'),
      'The specified policyArn can only be associated with service-linked roles',
    ],
  ])('refuses %s', async (_, policy, message) => {
    const { put, associate } = world();
    await expect(associate(put(), policy)).rejects.toMatchObject(invalid(message));
  });

  test('refuses policies that are not there, those of another partition among them', async () => {
    const { put, associate } = world();
    const people = put();
    const china = 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
    for (const policy of [policyArn('AmazonEKSSuperPolicy'), china, 'arn:aws:eks:::AmazonEKSViewPolicy']) {
      await expect(associate(people, policy)).rejects.toMatchObject(noSuchPolicy);
    }
  });

  test.each<[string, AccessScope, string]>([
    [
      'namespaces for a cluster',
      { type: 'cluster', namespaces: ['web'] },
      'accessScope should not include namespaces if the type is not set as namespace',
    ],
    [
      'a namespace scope without any',
      { type: 'namespace', namespaces: [] },
      'At least 1 namespace must be provided if the type is set as namespace',
    ],
  ])('refuses %s', async (_, scope, message) => {
    const { put, associate } = world();
    await expect(associate(put(), VIEW, scope)).rejects.toMatchObject(invalid(message));
  });

  test('refuses an entry that is not there', async () => {
    const { associate } = world();
    await expect(associate(roleArn('nobody'))).rejects.toMatchObject(notFound);
  });
});

test('DisassociateAccessPolicy takes one policy away, and refuses one that is not there', async () => {
  const { put, associate, disassociate, list } = world();
  const people = put();
  await associate(people, VIEW);
  await associate(people, EDIT);
  await disassociate(people, VIEW);
  expect((await list(people)).associatedAccessPolicies).toMatchObject([{ policyArn: EDIT }]);
  await expect(disassociate(people, VIEW)).rejects.toMatchObject(noSuchPolicy);
  await expect(disassociate(roleArn('nobody'))).rejects.toMatchObject(notFound);
});

test('ListAssociatedAccessPolicies lists in pages, and refuses an entry that is not there', async () => {
  const { put, associate, list } = world();
  const people = put();
  for (const policy of [VIEW, EDIT, policyArn('AmazonEKSAdminPolicy')]) await associate(people, policy);
  const first = await list(people, { maxResults: 2 });
  const second = await list(people, { maxResults: 2, nextToken: first.nextToken });
  const names = [first, second].map((page) => page.associatedAccessPolicies?.map((one) => one.policyArn));
  expect(names).toEqual([[policyArn('AmazonEKSAdminPolicy'), EDIT], [VIEW]]);
  expect(second.nextToken).toBeUndefined();
  await expect(list(roleArn('nobody'))).rejects.toMatchObject(notFound);
});

test('ListAccessPolicies lists what can be asked for, in pages', async () => {
  const { offered } = world();
  const { accessPolicies = [] } = await offered();
  expect(accessPolicies).toContainEqual({ name: 'AmazonEKSViewPolicy', arn: VIEW });
  const first = await offered({ maxResults: 10 });
  expect(first.accessPolicies).toEqual(accessPolicies.slice(0, 10));
  const rest = await offered({ nextToken: first.nextToken });
  expect(rest.accessPolicies).toEqual(accessPolicies.slice(10));
});
