import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { noReadLag, type ReadLag } from '../../../lib/local/iam/read-lag.ts';
import { createLocalAws, type LocalAwsOptions } from '../../../lib/local/local-aws.ts';
import { createSeededRandom } from '../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../lib/local/virtual-clock.ts';

export const ACCOUNT = '111122223333';
export const START = Date.parse('2026-11-24T05:30:00.250Z');
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A trust policy for one principal: `{ Service: 'ec2.amazonaws.com' }`. */
export const trust = (principal: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });
export const EC2 = trust({ Service: 'ec2.amazonaws.com' });

interface WorldOptions extends Omit<LocalAwsOptions, 'clock' | 'random' | 'lag'> {
  /** @default none: every reader sees every write at once */
  readonly lag?: Partial<ReadLag>;
  readonly seed?: number;
}

/** A local AWS without anything in it, clients with an administrator's key, and time that passes only in `wait`. */
export function localWorld({ lag, seed = 7, ...options }: WorldOptions = {}) {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(seed), lag: { ...noReadLag, ...lag }, ...options });
  const administrator = aws.credentials.issue({ arn: ROOT });
  const config = (credentials = administrator, region = 'us-east-1') => ({
    region,
    credentials,
    requestHandler: aws.requestHandler,
    maxAttempts: 1,
  });
  return {
    aws,
    clock,
    administrator,
    config,
    iam: new IAMClient(config()),
    sts: new STSClient(config()),
    wait: (milliseconds: number) => clock.run(() => clock.pause(milliseconds)),
  };
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'it was not refused',
    (error: unknown) => error,
  );
}
