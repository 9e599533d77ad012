import { AwsFault, type Call } from '../call.ts';
import { checkName } from './entity-names.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

interface Input {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** Writes an inline policy, or another over it. What it says isn't evaluated. */
export function putRolePolicy({ RoleName, PolicyName, PolicyDocument }: Input, state: IamState, call: Call) {
  const role = changeableRole(RoleName, state, call);
  checkName(PolicyName, 'policyName');
  try {
    JSON.parse(PolicyDocument);
  } catch {
    throw new AwsFault('MalformedPolicyDocumentException', 'Syntax errors in policy.');
  }
  state.put({ ...role, inlinePolicies: { ...role.inlinePolicies, [PolicyName]: PolicyDocument } });
  return {};
}
