import type { Call } from '../call.ts';
import { deleteConflict } from './iam-fault.ts';
import type { IamState } from './iam-state.ts';
import { profileNamed } from './named-entity.ts';

/** Deletes an instance profile that holds no role any more. */
export function deleteInstanceProfile(input: { InstanceProfileName: string }, state: IamState, call: Call) {
  const { accountId, name, roleName } = profileNamed(input.InstanceProfileName, state, call);
  if (roleName !== undefined) throw deleteConflict('remove roles from instance profile');
  state.instanceProfiles.remove(accountId, name);
  return {};
}
