import { AwsFault, type Call } from '../call.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from './iam-state.ts';
import { named } from './named-entity.ts';

/** Takes a key from a user; calls with it are a stranger's from then on. */
export function deleteAccessKey(
  { UserName, AccessKeyId }: { UserName: string; AccessKeyId: string },
  state: IamState,
  credentials: Credentials,
  call: Call,
) {
  const user = named('user', UserName, state, call);
  const { accessKeys = [] } = user;
  if (!accessKeys.includes(AccessKeyId)) {
    throw new AwsFault('NoSuchEntityException', `The Access Key with id ${AccessKeyId} cannot be found.`);
  }
  state.put({ ...user, accessKeys: accessKeys.filter((id) => id !== AccessKeyId) });
  credentials.revoke(AccessKeyId);
  return {};
}
