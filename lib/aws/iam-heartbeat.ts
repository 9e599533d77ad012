import { DeleteRoleCommand } from '@aws-sdk/client-iam';
import type { Heartbeat } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `heartbeat`: none, since its call has to be denied. */
export const IAM_HEARTBEAT_ACTIONS = [] as const;

// IAM answers `AccessDenied`; the longer form is what other services and some of CloudTrail's records have.
const DENIED = ['AccessDenied', 'AccessDeniedException'];

// What IAM says of a role only to those who may delete it (IAM API reference, DeleteRole).
const LOOKED = ['NoSuchEntityException', 'DeleteConflictException', 'UnmodifiableEntityException'];

/** Tries to delete a role without being allowed to. */
export function iamHeartbeat(clients: Clients): Heartbeat {
  return {
    beat: (roleName) =>
      nameErrors('iam:DeleteRole', async () => {
        try {
          await clients.iam().send(new DeleteRoleCommand({ RoleName: roleName }));
          return 'allowed';
        } catch (error) {
          const name = error instanceof Error ? error.name : '';
          if (DENIED.includes(name)) return 'denied';
          if (LOOKED.includes(name)) return 'allowed';
          throw error;
        }
      }),
  };
}
