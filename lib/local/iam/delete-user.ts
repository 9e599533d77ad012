import type { Call } from '../call.ts';
import { deleteConflict } from './iam-fault.ts';
import type { IamState } from './iam-state.ts';
import { named } from './named-entity.ts';

/** Deletes a user whose keys and policies are gone. */
export function deleteUser(input: { UserName: string }, state: IamState, call: Call) {
  const user = named('user', input.UserName, state, call);
  if (user.attachedPolicies?.length) throw deleteConflict('detach all policies');
  if (Object.keys(user.inlinePolicies ?? {}).length) throw deleteConflict('delete policies');
  if (user.accessKeys?.length) throw deleteConflict('delete access keys');
  state.remove(user.accountId, 'user', user.name);
  return {};
}
