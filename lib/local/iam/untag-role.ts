import type { Call } from '../call.ts';
import { withoutTags } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { changeableRole } from './named-entity.ts';

/** Takes tags from a role; one that isn't there is no error. */
export function untagRole(input: { RoleName: string; TagKeys: readonly string[] }, state: IamState, call: Call) {
  const role = changeableRole(input.RoleName, state, call);
  state.put({ ...role, tags: withoutTags(role.tags, input.TagKeys) });
  return {};
}
