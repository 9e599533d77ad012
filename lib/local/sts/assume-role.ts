import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { AwsFault, type Call } from '../call.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from '../iam/iam-state.ts';

/** The validity that AssumeRole gives unless asked otherwise (STS API reference). */
const DEFAULT_SECONDS = 3600;

/**
 * Issues a role's session keys. The trust policy isn't evaluated: whoever asks becomes the role. Like STS, it reads the role as
 * it is now, and the keys keep the unique id that it has now.
 */
export function assumeRole(
  input: Pick<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName' | 'DurationSeconds'>,
  { iam, credentials }: { iam: IamState; credentials: Credentials },
  { caller, now }: Call,
) {
  const { RoleArn: arn = '', RoleSessionName: sessionName = '' } = input;
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    const rule = 'Member must satisfy regular expression pattern: [\\w+=,.@-]*';
    const text = `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: ${rule}`;
    throw new AwsFault('ValidationError', text);
  }
  const role = iam.findByArn(arn);
  if (role?.kind !== 'role') {
    // What STS says of a missing role as well as of a denied one (IAM user guide, "Troubleshoot IAM roles").
    const text = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    throw new AwsFault('AccessDenied', text);
  }
  const key = credentials.issue({ arn, sessionName });
  const { partition, accountId, name, uniqueId } = role;
  return {
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      Expiration: new Date((Math.floor(now / 1000) + (input.DurationSeconds ?? DEFAULT_SECONDS)) * 1000),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${uniqueId}:${sessionName}`,
      Arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`,
    },
  } satisfies AssumeRoleResponse;
}
