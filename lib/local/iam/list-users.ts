import type { ListUsersResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import type { IamState } from './iam-state.ts';
import { listedUser } from './user-answer.ts';

/** One page of the account's users, as one machine sees them now. */
export function listUsers(input: PageInput & { PathPrefix?: string }, state: IamState, random: Random, call: Call) {
  const { accountId } = call.caller;
  const users = state.allSeenBy(`getrole:${accountId}`, accountId, 'user');
  const wanted = users.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const { items, ...page } = pageOf(wanted, ({ name }) => name, input, random);
  return { Users: items.map(listedUser), ...page } satisfies ListUsersResponse;
}
