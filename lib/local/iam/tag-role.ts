import type { Tag } from '@aws-sdk/client-iam';
import type { Call } from '../call.ts';
import { withTags } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Adds tags to a role, or gives existing ones another value. */
export function tagRole(input: { RoleName: string; Tags: readonly Tag[] }, state: IamState, call: Call) {
  const role = changeableRole(input.RoleName, state, call);
  state.put({ ...role, tags: withTags(role.tags, input.Tags, 'TagsPerRole') });
  return {};
}
