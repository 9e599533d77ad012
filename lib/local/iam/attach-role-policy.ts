import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Attaches a managed policy; twice is once. Which policies exist isn't modelled, but what an ARN looks like is. */
export function attachRolePolicy(input: { RoleName: string; PolicyArn: string }, state: IamState, call: Call) {
  const { RoleName, PolicyArn: arn } = input;
  const role = changeableRole(RoleName, state, call);
  if (!/^arn:[\w-]+:iam::(aws|\d{12}):policy\/.+$/.test(arn)) {
    throw new AwsFault('InvalidInputException', `ARN ${arn} is not valid.`);
  }
  const { attachedPolicies = [] } = role;
  if (!attachedPolicies.includes(arn)) state.put({ ...role, attachedPolicies: [...attachedPolicies, arn] });
  return {};
}
