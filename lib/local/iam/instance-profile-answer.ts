import type { InstanceProfile as ProfileAnswer } from '@aws-sdk/client-iam';
import { tagList } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import type { InstanceProfile } from './instance-profile-state.ts';
import { bareRole } from './role-answer.ts';

/** An instance profile with the role it holds. */
export function instanceProfileAnswer(profile: InstanceProfile, state: IamState) {
  const role = profile.roleName === undefined ? undefined : state.find(profile.accountId, 'role', profile.roleName);
  const tags = tagList(profile.tags);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.uniqueId,
    Arn: profile.arn,
    CreateDate: new Date(profile.createDate),
    Roles: role ? [bareRole(role, state)] : [],
    ...(tags.length && { Tags: tags }),
  } satisfies ProfileAnswer;
}
