import { AwsFault, type Call } from '../call.ts';
import { noSuchProfile, noSuchRole, noSuchUser } from './iam-fault.ts';
import type { IamPrincipal, IamState, PrincipalKind } from './iam-state.ts';
import type { InstanceProfile } from './instance-profile-state.ts';

const missing = (kind: PrincipalKind, name: string) => (kind === 'role' ? noSuchRole(name) : noSuchUser(name));

/** A role or user of the caller's account as it is: writes go by the truth. */
export function named(kind: PrincipalKind, name: string, state: IamState, { caller }: Call): IamPrincipal {
  const found = state.find(caller.accountId, kind, name);
  if (!found) throw missing(kind, name);
  return found;
}

/** A role or user as a read sees it now: late, perhaps an earlier incarnation, perhaps not at all. */
export function seen(kind: PrincipalKind, name: string, state: IamState, { caller }: Call): IamPrincipal {
  const found = state.seenBy(`getrole:${caller.accountId}`, caller.accountId, kind, name);
  if (!found) throw missing(kind, name);
  return found;
}

/** A role that customers may change: not one of those that AWS keeps for itself. */
export function changeableRole(name: string, state: IamState, call: Call): IamPrincipal {
  const role = named('role', name, state, call);
  if (/^\/(aws-service-role|aws-reserved)\//.test(role.path)) {
    // terraform-provider-aws#17353
    const text = `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`;
    throw new AwsFault('UnmodifiableEntityException', text);
  }
  return role;
}

/** An instance profile of the caller's account. */
export function profileNamed(name: string, state: IamState, { caller }: Call): InstanceProfile {
  const found = state.instanceProfiles.find(caller.accountId, name);
  if (!found) throw noSuchProfile(name);
  return found;
}
