import type { ListUserTagsResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import { tagList } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { seen } from './named-entity.ts';

/** One page of a user's tags. */
export function listUserTags(input: PageInput & { UserName: string }, state: IamState, random: Random, call: Call) {
  const tags = tagList(seen('user', input.UserName, state, call).tags);
  const { items, ...page } = pageOf(tags, ({ Key }) => Key, input, random);
  return { Tags: [...items], ...page } satisfies ListUserTagsResponse;
}
