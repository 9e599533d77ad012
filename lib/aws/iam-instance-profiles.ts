import { NoSuchEntityException, paginateListInstanceProfilesForRole } from '@aws-sdk/client-iam';
import type { InstanceProfiles } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `instanceProfiles`. */
export const IAM_INSTANCE_PROFILES_ACTIONS = ['iam:ListInstanceProfilesForRole'] as const;

/** Reads from IAM which instance profiles hold a role; a role that is gone is held by none. */
export function iamInstanceProfiles(clients: Clients): InstanceProfiles {
  return {
    holding: ({ accountId, name }) =>
      nameErrors('iam:ListInstanceProfilesForRole', async () => {
        const found: string[] = [];
        try {
          const client = clients.iam(accountId);
          for await (const page of paginateListInstanceProfilesForRole({ client }, { RoleName: name })) {
            found.push(...(page.InstanceProfiles ?? []).map(({ InstanceProfileName = '' }) => InstanceProfileName));
          }
        } catch (error) {
          if (!(error instanceof NoSuchEntityException)) throw error;
        }
        return found;
      }),
  };
}
