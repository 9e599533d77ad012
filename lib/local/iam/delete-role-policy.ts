import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Deletes an inline policy. */
export function deleteRolePolicy(input: { RoleName: string; PolicyName: string }, state: IamState, call: Call) {
  const { RoleName, PolicyName: name } = input;
  const role = changeableRole(RoleName, state, call);
  const { [name]: gone, ...inlinePolicies } = role.inlinePolicies ?? {};
  if (gone === undefined) {
    throw new AwsFault('NoSuchEntityException', `The role policy with name ${name} cannot be found.`);
  }
  state.put({ ...role, inlinePolicies });
  return {};
}
