import type { ListRolesResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import type { IamState } from './iam-state.ts';
import { listedRole } from './role-answer.ts';

/** One page of the account's roles, as one machine sees them now. */
export function listRoles(input: PageInput & { PathPrefix?: string }, state: IamState, random: Random, call: Call) {
  const { accountId } = call.caller;
  const roles = state.allSeenBy(`getrole:${accountId}`, accountId, 'role');
  const wanted = roles.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const { items, ...page } = pageOf(wanted, ({ name }) => name, input, random);
  return { Roles: items.map((role) => listedRole(role, state)), ...page } satisfies ListRolesResponse;
}
