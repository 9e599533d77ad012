import { memberRoleArn } from '../../aws/accounts.ts';
import { OWN_PATH } from '../../core/guard-rules.ts';
import type { DeployedIn, ScopesOf } from '../action-scopes.ts';

const own = ({ partition, accountId }: DeployedIn, resource: string) =>
  `arn:${partition}:iam::${accountId}:${resource}`;

const roles: ScopesOf = (where) => [{ resources: [own(where, 'role/*')] }];
const users: ScopesOf = (where) => [{ resources: [own(where, 'user/*')] }];

// Both list an account whole and take no resource (Service Authorization Reference, IAM).
const anywhere: ScopesOf = () => [{ resources: ['*'] }];

/**
 * EKS asks whoever makes an entry for nodes to be allowed to pass the role (EKS user guide, "Creating access entries"). Which
 * roles that will be nobody knows beforehand: any of the account's own, ours excepted. What bounds it is that no other action
 * of the same function takes a role: with `eks:CreateAccessEntry` it lets nodes of that role join, and nothing else.
 * `iam:PassedToService` would bound it further, but no source says which service EKS passes a role of each entry type to, and
 * a wrong one would have rebinds fail, after the delete where Preflight's probe doesn't show it: see docs/verify-on-aws.md.
 */
const passing: ScopesOf = (where, stepName) => {
  // Nodes that administer a cluster are always asked about (the guard's rule AdminPolicy).
  if (stepName === 'PreflightAdmin' && !where.asksPeople) return [];
  return [{ resources: [own(where, 'role/*')] }, { effect: 'Deny', resources: [own(where, `role${OWN_PATH}*`)] }];
};

/** IAM: reads, passing a role, which changes nothing in IAM, and becoming the one role of ours in each member account. */
export const IAM_SCOPES: Readonly<Record<string, ScopesOf>> = {
  'iam:GetRole': roles,
  'iam:GetUser': users,
  'iam:ListRoles': anywhere,
  'iam:ListUsers': anywhere,
  'iam:ListInstanceProfilesForRole': roles,
  'iam:PassRole': passing,
  'sts:AssumeRole': ({ partition, memberAccounts }) => [
    { resources: memberAccounts.map((accountId) => memberRoleArn(partition, accountId)) },
  ],
};
