import type { Tag } from '@aws-sdk/client-iam';
import type { Call } from '../call.ts';
import { withTags } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { named } from './named-entity.ts';

/** Adds tags to a user, or gives existing ones another value. */
export function tagUser(input: { UserName: string; Tags: readonly Tag[] }, state: IamState, call: Call) {
  const user = named('user', input.UserName, state, call);
  state.put({ ...user, tags: withTags(user.tags, input.Tags, 'TagsPerUser') });
  return {};
}
