import type { CreateInstanceProfileResponse, Tag } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import { checkName, checkPath } from './entity-names.ts';
import { withTags } from './entity-tags.ts';
import type { IamState } from './iam-state.ts';
import { instanceProfileAnswer } from './instance-profile-answer.ts';
import { uniqueId } from './unique-id.ts';

interface Input {
  readonly InstanceProfileName: string;
  readonly Path?: string;
  readonly Tags?: readonly Tag[];
}

/** Makes an instance profile without a role. */
export function createInstanceProfile(input: Input, state: IamState, random: Random, call: Call) {
  const { InstanceProfileName: name, Path: path = '/' } = input;
  const { partition, accountId } = call.caller;
  checkName(name, 'instanceProfileName');
  checkPath(path);
  if (state.instanceProfiles.find(accountId, name)) {
    throw new AwsFault('EntityAlreadyExistsException', `Instance Profile ${name} already exists.`);
  }
  const profile = {
    partition,
    accountId,
    name,
    path,
    arn: `arn:${partition}:iam::${accountId}:instance-profile${path}${name}`,
    uniqueId: uniqueId('AIPA', random),
    createDate: Math.floor(call.now / 1000) * 1000,
    tags: withTags({}, input.Tags, 'TagsPerInstanceProfile'),
  };
  state.instanceProfiles.put(profile);
  return { InstanceProfile: instanceProfileAnswer(profile, state) } satisfies CreateInstanceProfileResponse;
}
