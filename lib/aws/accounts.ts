import { InvalidSettings } from '../core/errors.ts';
import { partitionOf } from '../core/partition.ts';
import { readSettings } from '../core/settings.ts';
import type { Runtime } from '../runtime.ts';

/** The environment variable that tells a step which account it is in. */
export const ACCOUNT_VARIABLE = 'EKS_REBIND_ACCOUNT_ID';

/** The IAM path and the name of the role that is assumed in each member account. */
export const MEMBER_ROLE = 'eks-rebind/eks-rebind-member';

/** The role that the service becomes in a member account. */
export const memberRoleArn = (partition: string, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:role/${MEMBER_ROLE}`;

/** The account that the service is in. */
export function ownAccountOf(env: Runtime['env']): string {
  const accountId = env[ACCOUNT_VARIABLE];
  if (accountId) return accountId;
  throw new InvalidSettings(`environment variable ${ACCOUNT_VARIABLE}: expected an account id, it is not set`);
}

/** How calls in an account are made: with our own credentials, or as a role of that account; undefined: not at all. */
export type AccountAccess = 'own' | { readonly roleArn: string; readonly externalId: string } | undefined;

/** How an account is reached from a region of ours. */
export function accessTo(accountId: string, env: Runtime['env'], homeRegion: string): AccountAccess {
  if (accountId === ownAccountOf(env)) return 'own';
  const { memberAccounts, externalId } = readSettings(env);
  if (!memberAccounts.includes(accountId)) return undefined;
  return { roleArn: memberRoleArn(partitionOf(homeRegion), accountId), externalId };
}
