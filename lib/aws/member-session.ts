import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { MemberAccessDenied } from '../core/errors.ts';
import type { Clock } from '../runtime.ts';
import { member } from './member.ts';
import { inAwsWords, nameErrors } from './name-errors.ts';

/** A role of another account, and how to become it. */
interface MemberRole {
  readonly sts: STSClient;
  readonly clock: Clock;
  readonly roleArn: string;
  readonly externalId: string;
  /** Names the session in the member account's CloudTrail. */
  readonly sessionName: string;
}

interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

// A role that becomes another one gets an hour at most (IAM user guide, "Role chaining"). It is renewed when a call could still
// be on its way, retries and all, as it runs out: six attempts wait 31 s at most, so five minutes are plenty.
const RENEW_BEFORE_MS = 300_000;

/**
 * Credentials of a session of the role, assumed when first asked for, kept, and renewed before it runs out. By the clock that is
 * handed in: the SDK's own memory of credentials goes by the machine's.
 */
export function memberSession(role: MemberRole): (() => Promise<SessionKeys>) & { readonly memoized: true } {
  const { clock } = role;
  let current: { readonly keys: SessionKeys; readonly until: number } | undefined;
  let renewal: Promise<SessionKeys> | undefined;

  async function renew(): Promise<SessionKeys> {
    try {
      current = await assume(role);
      return current.keys;
    } finally {
      renewal = undefined;
    }
  }

  async function provide(): Promise<SessionKeys> {
    if (current && clock.now() < current.until - RENEW_BEFORE_MS) return current.keys;
    // Whoever asks is a call on its way, which waits here for another one.
    return clock.idle(() => (renewal ??= renew()));
  }
  return Object.assign(provide, { memoized: true } as const);
}

async function assume({ sts, roleArn, externalId, sessionName }: MemberRole) {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName, ExternalId: externalId });
  const { Credentials: credentials } = await nameErrors('sts:AssumeRole', async () => {
    try {
      return await sts.send(command);
    } catch (error) {
      // The same for a role that isn't there, one that doesn't trust us, and a wrong external id: STS tells nobody which.
      if (!(error instanceof Error) || error.name !== 'AccessDenied') throw error;
      throw new MemberAccessDenied(
        `sts:AssumeRole of '${roleArn}': ${inAwsWords(error)}; deploy EksRebindMember in that account, with this account as ` +
          'its hub and the same external id, or take the account out of memberAccounts',
        { cause: error },
      );
    }
  });
  return {
    keys: {
      accessKeyId: member(credentials?.AccessKeyId, 'Credentials.AccessKeyId'),
      secretAccessKey: member(credentials?.SecretAccessKey, 'Credentials.SecretAccessKey'),
      sessionToken: member(credentials?.SessionToken, 'Credentials.SessionToken'),
    },
    until: member(credentials?.Expiration, 'Credentials.Expiration').getTime(),
  };
}
