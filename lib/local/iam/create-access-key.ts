import type { CreateAccessKeyResponse } from '@aws-sdk/client-iam';
import { AwsFault, type Call } from '../call.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from './iam-state.ts';
import { named } from './named-entity.ts';

/** "Each user can have up to two access keys" (IAM user guide, "IAM and AWS STS quotas"). */
const KEYS_AT_MOST = 2;

/** Gives a user a lasting key. */
export function createAccessKey(input: { UserName: string }, state: IamState, credentials: Credentials, call: Call) {
  const user = named('user', input.UserName, state, call);
  const { accessKeys = [] } = user;
  if (accessKeys.length >= KEYS_AT_MOST) {
    throw new AwsFault('LimitExceededException', `Cannot exceed quota for AccessKeysPerUser: ${KEYS_AT_MOST}`);
  }
  const { accessKeyId, secretAccessKey } = credentials.issue({ arn: user.arn });
  state.put({ ...user, accessKeys: [...accessKeys, accessKeyId] });
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: accessKeyId,
      Status: 'Active',
      SecretAccessKey: secretAccessKey,
      CreateDate: new Date(Math.floor(call.now / 1000) * 1000),
    },
  } satisfies CreateAccessKeyResponse;
}
