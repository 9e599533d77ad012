import type { Call } from '../call.ts';
import { checkSessionDuration } from './entity-names.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

interface Input {
  readonly RoleName: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
}

/** Changes a role's description and session duration. */
export function updateRole({ RoleName, Description, MaxSessionDuration }: Input, state: IamState, call: Call) {
  const role = changeableRole(RoleName, state, call);
  checkSessionDuration(MaxSessionDuration);
  state.put({
    ...role,
    ...(Description !== undefined && { description: Description }),
    ...(MaxSessionDuration !== undefined && { maxSessionDuration: MaxSessionDuration }),
  });
  return {};
}
