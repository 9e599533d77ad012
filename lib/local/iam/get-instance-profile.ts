import type { GetInstanceProfileResponse } from '@aws-sdk/client-iam';
import type { Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { instanceProfileAnswer } from './instance-profile-answer.ts';
import { profileNamed } from './named-entity.ts';

/** An instance profile with the role it holds. */
export function getInstanceProfile(input: { InstanceProfileName: string }, state: IamState, call: Call) {
  const profile = profileNamed(input.InstanceProfileName, state, call);
  return { InstanceProfile: instanceProfileAnswer(profile, state) } satisfies GetInstanceProfileResponse;
}
