import type { ListRolePoliciesResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import type { IamState } from './iam-state.ts';
import { seen } from './named-entity.ts';

/** One page of the names of a role's inline policies. */
export function listRolePolicies(input: PageInput & { RoleName: string }, state: IamState, random: Random, call: Call) {
  const names = Object.keys(seen('role', input.RoleName, state, call).inlinePolicies ?? {});
  const { items, ...page } = pageOf(names, (name) => name, input, random);
  return { PolicyNames: [...items], ...page } satisfies ListRolePoliciesResponse;
}
