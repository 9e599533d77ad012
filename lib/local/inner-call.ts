import type { Call } from './call.ts';
import type { Deployment } from './deployment.ts';

/** A call that one service makes of another on behalf of a role, without going over the wire. */
export function innerCall(
  name: `${string}:${string}`,
  { partition, accountId, region }: Pick<Deployment, 'partition' | 'accountId' | 'region'>,
  roleArn: string,
  { now, requestId }: Pick<Call, 'now' | 'requestId'>,
): Call {
  const [service = '', operation = ''] = name.split(':');
  const caller = { accessKeyId: '', accountId, partition, arn: roleArn, principalId: roleArn };
  return { service, operation, requestId, region, caller, userAgent: `${service}.amazonaws.com`, now };
}
