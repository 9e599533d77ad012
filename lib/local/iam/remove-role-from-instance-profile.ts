import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { profileNamed } from './named-entity.ts';

/** Takes a role out of an instance profile. */
export function removeRoleFromInstanceProfile(
  input: { InstanceProfileName: string; RoleName: string },
  state: IamState,
  call: Call,
) {
  const { InstanceProfileName: profileName, RoleName: roleName } = input;
  const profile = profileNamed(profileName, state, call);
  if (profile.roleName?.toLowerCase() !== roleName.toLowerCase()) {
    // The text is ours after the pattern of the others: none was seen.
    const text = `Role ${roleName} in Instance Profile ${profileName} cannot be found.`;
    throw new AwsFault('NoSuchEntityException', text);
  }
  state.instanceProfiles.put({ ...profile, roleName: undefined });
  return {};
}
