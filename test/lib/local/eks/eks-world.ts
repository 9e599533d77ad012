import { EKSClient } from '@aws-sdk/client-eks';
import type { EksBehaviour } from '../../../../lib/local/eks/behaviour.ts';
import { noReadLag, type ReadLag } from '../../../../lib/local/iam/read-lag.ts';
import { createLocalAws } from '../../../../lib/local/local-aws.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const REGION = 'eu-west-1';
export const CLUSTER = 'prod';
export const CLUSTER_ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${CLUSTER}`;
export const START = Date.parse('2026-11-24T05:30:00Z');
export const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
export const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
export const VIEW = policyArn('AmazonEKSViewPolicy');
export const EDIT = policyArn('AmazonEKSEditPolicy');

/** Things happen at once, so that a test need not wait for what it isn't about. */
const atOnce: Partial<EksBehaviour> = { takesEffect: 0, associable: 0, clusterCreation: 0, clusterUpdate: 0 };

interface WorldOptions {
  readonly eks?: Partial<EksBehaviour>;
  readonly lag?: Partial<ReadLag>;
}

interface PutOptions {
  readonly path?: string;
  readonly account?: string;
  readonly kind?: 'role' | 'user';
}

/** A local AWS with one cluster in mode `API`, and a client with an administrator's key. */
export function eksWorld({ eks = {}, lag = {} }: WorldOptions = {}) {
  const clock = createVirtualClock(START);
  const random = createSeededRandom(7);
  const aws = createLocalAws({ clock, random, lag: { ...noReadLag, ...lag }, eks: { ...atOnce, ...eks } });
  const { state } = aws.eks;
  state.addCluster({ accountId: ACCOUNT, region: REGION, name: CLUSTER });
  const administrator = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  let incarnation = 0;

  /** Makes a role, or makes it anew: with another unique id. */
  function putRole(name: string, { path = '/', account = ACCOUNT, kind = 'role' }: PutOptions = {}) {
    incarnation += 1;
    const uniqueId = `${kind === 'role' ? 'AROA' : 'AIDA'}EXAMPLE${String(incarnation).padStart(10, '0')}`;
    const arn = `arn:aws:iam::${account}:${kind}${path}${name}`;
    aws.iam.put({
      kind,
      partition: 'aws',
      accountId: account,
      name,
      path,
      arn,
      uniqueId,
      tags: {},
      createDate: Math.floor(clock.now() / 1000) * 1000,
    });
    return { arn, uniqueId };
  }

  return {
    aws,
    clock,
    state,
    putRole,
    client: (key = administrator, region = REGION) =>
      new EKSClient({ region, credentials: key, requestHandler: aws.requestHandler, maxAttempts: 1 }),
    wait: (milliseconds: number) => clock.run(() => clock.pause(milliseconds)),
    ref: (principalArn: string) => ({ accountId: ACCOUNT, region: REGION, clusterName: CLUSTER, principalArn }),
  };
}
