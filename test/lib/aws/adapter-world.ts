import { actionsOf, makePorts, type PortName } from '../../../lib/aws/port-registry.ts';
import { environmentOf, settingsFrom } from '../../../lib/core/settings.ts';
import type { EntryRef, Snapshot } from '../../../lib/core/shapes.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../../lib/local/index.ts';
import type { EksBehaviour } from '../../../lib/local/eks/behaviour.ts';
import { noReadLag } from '../../../lib/local/iam/read-lag.ts';
import { allowing } from '../local/allowing.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const PLACE = { accountId: ACCOUNT, region: REGION };
export const START = Date.parse('2026-03-01T12:00:00Z');
export const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:eks-rebind-notifications`;
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const entryOf = (name: string, clusterName = 'prod'): EntryRef => ({
  accountId: ACCOUNT,
  region: REGION,
  clusterName,
  principalArn: roleArn(name),
});
export const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

/** A snapshot of a STANDARD entry, with some of it replaced. */
export const snapshotOf = (more: Partial<Snapshot> = {}): Snapshot => ({
  schemaVersion: 1,
  entryArn: 'arn:aws:eks:eu-west-1:111122223333:access-entry/prod/role/111122223333/people/1',
  createdAt: '2026-03-01T11:00:00.000Z',
  type: 'STANDARD',
  tags: {},
  lostTags: {},
  policies: [],
  ...more,
});

/** A local AWS with a cluster, and one port of ours whose key may do exactly what its adapter lists. */
export function adapterWorld<Name extends PortName>(
  port: Name,
  eks: Partial<EksBehaviour> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(1), lag: noReadLag, eks: { associable: 0, ...eks } });
  const putRole = (name: string, path = '/') =>
    aws.iam.put({
      kind: 'role',
      partition: 'aws',
      accountId: ACCOUNT,
      name,
      path,
      arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
      uniqueId: `AROA${name.toUpperCase().padEnd(16, '0')}`,
      createDate: START - 86_400_000,
      trustPolicy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }] }),
      tags: { team: 'platform engineering' },
    });
  aws.eks.state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'prod' });
  putRole('people');
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  aws.deploy({ ...where, functions: {}, stateMachines: {}, rules: {}, topics: { 'eks-rebind-notifications': {} } });
  const key = aws.credentials.issue({
    arn: roleArn('eks-rebind'),
    sessionName: port,
    statements: allowing(...actionsOf([port])),
  });
  const runtime = {
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
      ...environmentOf(settingsFrom({ EKS_REBIND_REGIONS: REGION })),
      EKS_REBIND_ACCOUNT_ID: ACCOUNT,
      EKS_REBIND_REBIND_ENTRY_ARN: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:rebind-entry`,
      EKS_REBIND_TOPIC_ARN: TOPIC,
      ...environment,
    },
    clock,
    random: createSeededRandom(2),
    write: () => {},
    requestHandler: aws.requestHandler,
  };
  return {
    aws,
    clock,
    putRole,
    port: makePorts([port], runtime)[port],
    runtime,
    run: <T>(work: () => Promise<T>) => clock.run(work),
  };
}
