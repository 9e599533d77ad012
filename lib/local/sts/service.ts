import type { LocalService } from '../call.ts';
import { type AssumableRoles, assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

/** STS: who am I, and let me be somebody else. */
export function createSts(world: AssumableRoles): { service: LocalService } {
  return {
    service: {
      signingName: 'sts',
      operations: {
        AssumeRole: (input, call) => assumeRole(input, world, call),
        GetCallerIdentity: (_input, call) => getCallerIdentity(call),
      },
    },
  };
}
