import type { ListInstanceProfilesForRoleResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import type { IamState } from './iam-state.ts';
import { instanceProfileAnswer } from './instance-profile-answer.ts';
import { seen } from './named-entity.ts';

/** One page of the instance profiles that hold a role. */
export function listInstanceProfilesForRole(
  input: PageInput & { RoleName: string },
  state: IamState,
  random: Random,
  call: Call,
) {
  const { accountId, name } = seen('role', input.RoleName, state, call);
  const { items, ...page } = pageOf(
    state.instanceProfiles.holding(accountId, name),
    (each) => each.name,
    input,
    random,
  );
  const profiles = items.map((profile) => instanceProfileAnswer(profile, state));
  return { InstanceProfiles: profiles, ...page } satisfies ListInstanceProfilesForRoleResponse;
}
