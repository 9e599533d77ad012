import type { GetRoleResponse } from '@aws-sdk/client-iam';
import type { Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { seen } from './named-entity.ts';
import { wholeRole } from './role-answer.ts';

/** A role as one of GetRole's machines sees it now. */
export function getRole(input: { RoleName: string }, state: IamState, call: Call) {
  return { Role: wholeRole(seen('role', input.RoleName, state, call), state) } satisfies GetRoleResponse;
}
