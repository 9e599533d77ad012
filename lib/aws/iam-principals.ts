import { GetRoleCommand, GetUserCommand, type IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import type { PrincipalReading, Principals } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { roleReading, userReading } from './iam-readings.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `principals`. */
export const IAM_PRINCIPALS_ACTIONS = ['iam:GetRole', 'iam:GetUser'] as const;

/** Reads roles and users from IAM, each in its own account: one by the same name in another account is another principal. */
export function iamPrincipals(clients: Clients): Principals {
  return {
    async read({ accountId, kind, name }) {
      const iam = clients.iam(accountId);
      const read = kind === 'role' ? readRole : readUser;
      return nameErrors(kind === 'role' ? 'iam:GetRole' : 'iam:GetUser', async () => {
        try {
          return await read(iam, name);
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
  return roleReading(member(Role, 'Role'));
}

async function readUser(iam: IAMClient, name: string): Promise<PrincipalReading> {
  const { User } = await iam.send(new GetUserCommand({ UserName: name }));
  return userReading(member(User, 'User'));
}
