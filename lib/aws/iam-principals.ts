import {
  GetRoleCommand,
  GetUserCommand,
  type IAMClient,
  NoSuchEntityException,
  type Role,
  type User,
} from '@aws-sdk/client-iam';
import { PrincipalOfOtherAccount } from '../core/errors.ts';
import type { PrincipalReading, Principals } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `principals`. */
export const IAM_PRINCIPALS_ACTIONS = ['iam:GetRole', 'iam:GetUser'] as const;

/** Reads roles and users of our own account from IAM: one by the same name in another account is another principal. */
export function iamPrincipals(clients: Clients, ownAccountId: string): Principals {
  return {
    async read({ accountId, kind, name }) {
      if (accountId !== ownAccountId) {
        throw new PrincipalOfOtherAccount(
          `${kind} '${name}' is of account ${accountId}, IAM here is of ${ownAccountId}`,
        );
      }
      const read = kind === 'role' ? readRole : readUser;
      return nameErrors(kind === 'role' ? 'iam:GetRole' : 'iam:GetUser', async () => {
        try {
          return await read(clients.iam(), name);
        } catch (error) {
          if (error instanceof NoSuchEntityException) return undefined;
          throw error;
        }
      });
    },
  };
}

async function readRole(iam: IAMClient, name: string): Promise<PrincipalReading> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
  const role = member(Role, 'Role');
  const trustPolicy = role.AssumeRolePolicyDocument;
  return {
    ...asReading(role),
    principalId: member(role.RoleId, 'Role.RoleId'),
    // IAM answers it percent-encoded as in RFC 3986 (IAM API reference, GetRole).
    ...(trustPolicy === undefined ? {} : { trustPolicy: decodeURIComponent(trustPolicy) }),
  };
}

async function readUser(iam: IAMClient, name: string): Promise<PrincipalReading> {
  const { User } = await iam.send(new GetUserCommand({ UserName: name }));
  const user = member(User, 'User');
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
