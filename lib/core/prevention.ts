import { because } from './end-rebind.ts';
import { ownerOf } from './entry-owner.ts';
import type { EntryOwner, OwnerTool } from './entry-owner.ts';
import type { PrincipalReading } from './ports.ts';
import type { Reason, Snapshot } from './shapes.ts';

/**
 * What keeps it from happening again, by who makes the entry. No text from AWS goes in here: what a person copies into their
 * code has NAME where a name belongs.
 */
const PREVENTIONS: Readonly<Record<OwnerTool, string>> = {
  // terraform-provider-aws: principal_arn doesn't change with a new role of the same name, unique_id does.
  Terraform:
    'in the resource aws_eks_access_entry: lifecycle { replace_triggered_by = [aws_iam_role.NAME.unique_id] }; or give the ' +
    'role a name_prefix instead of a name, so that a new role has a new ARN',
  // Pulumi's documentation, "Resource names": auto-naming adds random characters to each new physical name.
  Pulumi:
    'let Pulumi name the role (no explicit name), so that a new role has a new ARN and the entry is replaced with it; or ' +
    'keep the role (retainOnDelete) in a stack that is not replaced',
  // AWS::EKS::AccessEntry is found by PrincipalArn and ClusterName; a role without RoleName gets a new name each time.
  CloudFormation:
    'give the role no RoleName (CDK: no roleName), so that a new role has a new ARN and the entry is replaced with it; or ' +
    'keep the role with DeletionPolicy: Retain in a stack that is not replaced',
  eksctl:
    'let eksctl name the role (no instanceRoleName), so that a new role has a new ARN; or give the node group an ' +
    'instanceRoleARN of a permanent role that is made outside of what eksctl replaces',
  ACK:
    'annotate the Role with services.k8s.aws/deletion-policy: retain, or give a new Role a new spec.name; the controller ' +
    'sees no change of an AccessEntry whose principalARN is the same',
  Crossplane:
    'set managementPolicies without Delete on the Role, or give a new Role a new external name; an AccessEntry whose ' +
    'principalArn is the same is not replaced',
  EKS:
    'EKS made the entry for a node group or Fargate profile and leaves it standing: give the node group a permanent role that ' +
    'is made outside of what is replaced, or a role with a new name each time',
  'IAM Identity Center':
    'keep at least one assignment of the permission set in this account: its role goes with the last one and comes back as ' +
    'another; for access that must last, use a permanent role instead',
};

const WHOEVER =
  'keep the role where it is not replaced together with other things, or make each new role with a new name (a name prefix), ' +
  'and its entry with it; Terraform: replace_triggered_by = [aws_iam_role.NAME.unique_id] on aws_eks_access_entry';

/** Who made an entry with this snapshot, as far as tags and names tell. */
export function ownerOfEntry(
  { tags, lostTags }: Snapshot,
  { arn, tags: principalTags }: Pick<PrincipalReading, 'arn' | 'tags'>,
): EntryOwner | undefined {
  return ownerOf({ entryTags: { ...tags, ...lostTags }, principalTags, principalArn: arn });
}

/** Who made the entry, as far as tags and names tell, and which change would have prevented that it was stale. */
export function ownerNotes(snapshot: Snapshot, principal: Pick<PrincipalReading, 'arn' | 'tags'>): Reason[] {
  const owner = ownerOfEntry(snapshot, principal);
  if (!owner) return [because('Prevention', `to prevent this: ${WHOEVER}`)];
  const { tool, of, evidence } = owner;
  const sign = 'tag' in evidence ? 'a tag of the' : 'the name of the';
  const made = of === 'entry' ? 'the entry' : 'the principal';
  return [
    because('Owner', `${sign} ${of} says that ${tool} made ${made}`, { tool, of, ...evidence }),
    because('Prevention', `to prevent this: ${PREVENTIONS[tool]}`, { tool }),
  ];
}
