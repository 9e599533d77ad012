import type { Call } from '../call.ts';
import { deleteConflict } from './iam-fault.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Deletes a role that holds nothing and that nothing holds any more. */
export function deleteRole(input: { RoleName: string }, state: IamState, call: Call) {
  const { accountId, name, attachedPolicies = [], inlinePolicies = {} } = changeableRole(input.RoleName, state, call);
  if (state.instanceProfiles.holding(accountId, name).length) {
    throw deleteConflict('remove roles from instance profile');
  }
  if (attachedPolicies.length) throw deleteConflict('detach all policies');
  if (Object.keys(inlinePolicies).length) throw deleteConflict('delete policies');
  state.remove(accountId, 'role', name);
  return {};
}
