import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Detaches a managed policy. */
export function detachRolePolicy(input: { RoleName: string; PolicyArn: string }, state: IamState, call: Call) {
  const { RoleName, PolicyArn: arn } = input;
  const role = changeableRole(RoleName, state, call);
  const { attachedPolicies = [] } = role;
  if (!attachedPolicies.includes(arn)) {
    throw new AwsFault('NoSuchEntityException', `Policy ${arn} was not found.`);
  }
  state.put({ ...role, attachedPolicies: attachedPolicies.filter((attached) => attached !== arn) });
  return {};
}
