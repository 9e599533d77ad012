import type { LocalService } from '../call.ts';
import type { IamWorld } from './iam-world.ts';
import { instanceProfileOperations } from './instance-profile-operations.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicyOperations } from './role-policy-operations.ts';
import { userOperations } from './user-operations.ts';

/** IAM over its state. */
export function createIam(world: IamWorld): { service: LocalService } {
  return {
    service: {
      signingName: 'iam',
      operations: {
        ...roleOperations(world),
        ...rolePolicyOperations(world),
        ...userOperations(world),
        ...instanceProfileOperations(world),
      },
    },
  };
}
