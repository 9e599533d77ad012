import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { Call } from '../call.ts';

/** Tells who made the call, with the unique id that no other call shows. */
export function getCallerIdentity({ caller }: Call) {
  return { Account: caller.accountId, Arn: caller.arn, UserId: caller.principalId } satisfies GetCallerIdentityResponse;
}
