import { describe, expect, test } from 'vitest';
import { ownerOf, secondsLeftToOwner } from '../../../lib/core/entry-owner.ts';
import type { OwnerSigns } from '../../../lib/core/entry-owner.ts';

const ROLE = 'arn:aws:iam::111122223333:role/';
const signs = (more: Partial<OwnerSigns> = {}): OwnerSigns => ({
  entryTags: {},
  principalTags: {},
  principalArn: `${ROLE}nodes`,
  ...more,
});
const byTag = (key: string, value: string) => ownerOf(signs({ entryTags: { team: 'x', [key]: value } }));

describe('a tag tells who made an entry', () => {
  test.each([
    ['aws:cloudformation:stack-name', 'web', 'CloudFormation'],
    ['AWS:CloudFormation:logical-id', 'Entry', 'CloudFormation'],
    ['managed-by', 'cdk', 'CloudFormation'],
    ['alpha.eksctl.io/cluster-name', 'web', 'eksctl'],
    ['eksctl.cluster.k8s.io/v1alpha1/cluster-name', 'web', 'eksctl'],
    ['createdBy', 'eksctl', 'eksctl'],
    ['services.k8s.aws/controller-version', 'eks-1.2.3', 'ACK'],
    ['eks:eks-capability-arn', 'arn', 'ACK'],
    ['managed-by', 'ack', 'ACK'],
    ['crossplane-kind', 'accessentry.eks.aws.upbound.io', 'Crossplane'],
    ['managed_by', 'Crossplane', 'Crossplane'],
    ['aws:eks:managed', 'true', 'EKS'],
    ['managed-by', 'terraform', 'Terraform'],
    ['ManagedBy', 'Terraform', 'Terraform'],
    ['provisioner', 'opentofu', 'Terraform'],
    ['Terraform', 'true', 'Terraform'],
    ['Managed By', 'Pulumi', 'Pulumi'],
    ['pulumi:stack', 'prod', 'Pulumi'],
  ])('%s: %s says %s', (key, value, tool) => {
    expect(byTag(key, value)).toEqual({ tool, of: 'entry', evidence: { tag: key, value } });
  });

  test.each([
    ['aws:cloudformation:', 'web'],
    ['my-aws:cloudformation:stack-name', 'web'],
    ['aws:cloudformation:stack-name-of', 'web'],
    ['alpha.eksctl.io/cluster', 'web'],
    ['services.k8s.aws/owner', 'x'],
    ['Crossplane-Kind', 'x'],
    ['aws:eks:', 'x'],
    ['eks:managed', 'true'],
    ['managed-by', 'the terraform team'],
    ['managed-by', 'terraformer'],
    ['team', 'terraform'],
    ['Terraform', 'false'],
    ['managed-by-team', 'pulumi'],
    ['pulumi', 'prod'],
  ])('%s: %s only looks alike', (key, value) => {
    expect(byTag(key, value)).toBeUndefined();
  });
});

test('what eksctl makes through a stack is eksctl’s', () => {
  const entryTags = { 'aws:cloudformation:stack-name': 'eksctl-web', 'alpha.eksctl.io/cluster-name': 'web' };
  expect(ownerOf(signs({ entryTags }))?.tool).toBe('eksctl');
});

test('the entry’s own tags come before its principal’s', () => {
  const principalTags = { 'aws:cloudformation:stack-id': 'x' };
  expect(ownerOf(signs({ principalTags }))).toMatchObject({ tool: 'CloudFormation', of: 'principal' });
  const entryTags = { 'managed-by': 'terraform' };
  expect(ownerOf(signs({ principalTags, entryTags }))).toMatchObject({ tool: 'Terraform', of: 'entry' });
});

test.each([
  [`${ROLE}aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`, 'IAM Identity Center'],
  [`${ROLE}aws-reserved/sso.amazonaws.com/AWSReservedSSO_Read_Only_0123456789abcdef`, 'IAM Identity Center'],
  [`${ROLE}eksctl-web-nodegroup-ng-1-NodeInstanceRole-1ABC2DEF`, 'eksctl'],
])('the name of %s says %s', (principalArn, tool) => {
  expect(ownerOf(signs({ principalArn }))).toEqual({ tool, of: 'principal', evidence: { principalArn } });
});

test.each([
  `${ROLE}AWSReservedSSO_Admin_0123456789abcdef`,
  `${ROLE}aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123`,
  `${ROLE}my-eksctl-web-nodegroup-ng-1-NodeInstanceRole-1ABC2DEF`,
  `${ROLE}eksctl-web-nodegroup-ng-1-NodeInstanceRole`,
  `${ROLE}eksctl-web-readers`,
])('the name of %s only looks alike', (principalArn) => {
  expect(ownerOf(signs({ principalArn }))).toBeUndefined();
});

describe('an owner who may be about to make the entry anew', () => {
  const createdAt = '2026-03-01T08:00:00.000Z';
  const left = (now: string, key = 'managed-by', value = 'terraform') =>
    secondsLeftToOwner(byTag(key, value), { createdAt, now, graceSeconds: 300 });

  test('has until the principal is as old as the grace period', () => {
    expect(left('2026-03-01T08:02:10.500Z')).toBe(170);
    expect(left('2026-03-01T08:04:59.999Z')).toBe(1);
    expect(left('2026-03-01T08:05:00.000Z')).toBe(0);
    expect(left('2026-03-01T09:00:00.000Z')).toBe(0);
  });

  test('has no more than the grace period where clocks differ', () => {
    expect(left('2026-03-01T07:00:00.000Z')).toBe(300);
  });

  test('is not EKS or eksctl, which leave a standing entry as it is, nor anybody unknown', () => {
    const now = '2026-03-01T08:00:10.000Z';
    expect(left(now, 'aws:eks:managed', 'true')).toBe(0);
    expect(left(now, 'alpha.eksctl.io/cluster-name', 'web')).toBe(0);
    expect(left(now, 'team', 'web')).toBe(0);
  });

  test('is not whoever made only the principal', () => {
    const owner = ownerOf(signs({ principalTags: { 'managed-by': 'terraform' } }));
    expect(secondsLeftToOwner(owner, { createdAt, now: createdAt, graceSeconds: 300 })).toBe(0);
  });
});
