import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Clients } from './clients.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** Whose credentials these are, as STS tells. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** Asks a region's STS who calls. It needs no permission, so that a failure tells of the credentials or of the way there. */
export function callerIdentity(clients: Clients, region: string): Promise<CallerIdentity> {
  return nameErrors('sts:GetCallerIdentity', async () => {
    const { Account, Arn } = await clients.create(STSClient, region).send(new GetCallerIdentityCommand({}));
    return { accountId: member(Account, 'Account'), arn: member(Arn, 'Arn') };
  });
}
