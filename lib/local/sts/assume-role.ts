import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { AwsFault, type Call } from '../call.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from '../iam/iam-state.ts';
import type { Permissions } from '../policies/permissions.ts';

/** The validity that AssumeRole gives unless asked otherwise (STS API reference). */
const DEFAULT_SECONDS = 3600;

/** Where roles are looked for: among those that IAM made, and those that came with a deployment. */
export interface AssumableRoles {
  readonly iam: IamState;
  readonly credentials: Credentials;
  readonly permissions: Pick<Permissions, 'isDeployed'>;
}

/**
 * Issues a role's session keys. Trust policies are evaluated before this, for roles that came with a deployment; whoever asks
 * becomes any other role. Like STS, it reads the role as it is now, and the keys keep the unique id that it has now.
 */
export function assumeRole(
  input: Pick<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName' | 'DurationSeconds'>,
  { iam, credentials, permissions }: AssumableRoles,
  { caller, now }: Call,
) {
  const { RoleArn: arn = '', RoleSessionName: sessionName = '' } = input;
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    const rule = 'Member must satisfy regular expression pattern: [\\w+=,.@-]*';
    const text = `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: ${rule}`;
    throw new AwsFault('ValidationError', text);
  }
  if (iam.findByArn(arn)?.kind !== 'role' && !permissions.isDeployed(arn)) {
    // What STS says of a missing role as well as of a denied one (IAM user guide, "Troubleshoot IAM roles").
    const text = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    throw new AwsFault('AccessDenied', text);
  }
  const key = credentials.issue({ arn, sessionName });
  const holder = credentials.callerOf(key.accessKeyId);
  return {
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      Expiration: new Date((Math.floor(now / 1000) + (input.DurationSeconds ?? DEFAULT_SECONDS)) * 1000),
    },
    AssumedRoleUser: {
      AssumedRoleId: holder.principalId,
      Arn: holder.arn,
    },
  } satisfies AssumeRoleResponse;
}
