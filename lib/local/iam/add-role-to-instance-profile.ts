import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole, profileNamed } from './named-entity.ts';

/** Puts a role into an instance profile, which holds at most one. */
export function addRoleToInstanceProfile(
  input: { InstanceProfileName: string; RoleName: string },
  state: IamState,
  call: Call,
) {
  const profile = profileNamed(input.InstanceProfileName, state, call);
  const role = changeableRole(input.RoleName, state, call);
  if (profile.roleName !== undefined) {
    // terraform-provider-aws#11341
    throw new AwsFault('LimitExceededException', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  }
  state.instanceProfiles.put({ ...profile, roleName: role.name });
  return {};
}
