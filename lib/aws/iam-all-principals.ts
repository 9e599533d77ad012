import { paginateListRoles, paginateListUsers } from '@aws-sdk/client-iam';
import type { AllPrincipals, PrincipalReading } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { roleReading, userReading } from './iam-readings.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `allPrincipals`. */
export const IAM_ALL_PRINCIPALS_ACTIONS = ['iam:ListRoles', 'iam:ListUsers'] as const;

// The most that IAM gives a page, though it may give fewer (IAM API reference, ListRoles). Made for each list: the SDK's
// paginators write their marker into what they are given, so that a shared one has the next list begin where the last ended.
const page = () => ({ MaxItems: 1000 });

/** Reads all roles and users of an account page by page. Neither list has tags or permissions boundaries. */
export function iamAllPrincipals(clients: Clients): AllPrincipals {
  return {
    async list(accountId) {
      const found: PrincipalReading[] = [];
      await nameErrors('iam:ListRoles', async () => {
        for await (const { Roles = [] } of paginateListRoles({ client: clients.iam(accountId) }, page())) {
          found.push(...Roles.map(roleReading));
        }
      });
      await nameErrors('iam:ListUsers', async () => {
        for await (const { Users = [] } of paginateListUsers({ client: clients.iam(accountId) }, page())) {
          found.push(...Users.map(userReading));
        }
      });
      return found;
    },
  };
}
