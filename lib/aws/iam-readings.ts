import type { Role, User } from '@aws-sdk/client-iam';
import type { PrincipalReading } from '../core/ports.ts';
import { member } from './member.ts';

/** A role as IAM answered it. */
export function roleReading(role: Role): PrincipalReading {
  const trustPolicy = role.AssumeRolePolicyDocument;
  return {
    ...asReading(role),
    principalId: member(role.RoleId, 'Role.RoleId'),
    // IAM answers it percent-encoded as in RFC 3986 (IAM API reference, GetRole).
    ...(trustPolicy === undefined ? {} : { trustPolicy: decodeURIComponent(trustPolicy) }),
  };
}

/** A user as IAM answered it: users have no trust policy. */
export function userReading(user: User): PrincipalReading {
  return { ...asReading(user), principalId: member(user.UserId, 'User.UserId') };
}

function asReading(principal: Role | User): Omit<PrincipalReading, 'principalId'> {
  const boundary = principal.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    arn: member(principal.Arn, 'Arn'),
    createdAt: member(principal.CreateDate, 'CreateDate').toISOString(),
    path: member(principal.Path, 'Path'),
    tags: Object.fromEntries((principal.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }),
  };
}
