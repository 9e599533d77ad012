import type { Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';
import { checkTrustPolicy } from './trust-policy-check.ts';
import { trustedIds } from './trust-policy.ts';

/** Replaces a role's trust policy. */
export function updateAssumeRolePolicy(
  input: { RoleName: string; PolicyDocument: string },
  state: IamState,
  call: Call,
) {
  const role = changeableRole(input.RoleName, state, call);
  const { PolicyDocument: trustPolicy } = input;
  const findByArn = (arn: string) => state.findByArn(arn);
  checkTrustPolicy(trustPolicy, findByArn);
  state.put({ ...role, trustPolicy, trustedIds: trustedIds(trustPolicy, findByArn) });
  return {};
}
