import type { Call } from '../call.ts';
import { withoutTags } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { named } from './named-entity.ts';

/** Takes tags from a user; one that isn't there is no error. */
export function untagUser(input: { UserName: string; TagKeys: readonly string[] }, state: IamState, call: Call) {
  const user = named('user', input.UserName, state, call);
  state.put({ ...user, tags: withoutTags(user.tags, input.TagKeys) });
  return {};
}
