import type { ConnectionOptions, Session } from '../../../../lib/cli/session/session.ts';
import { openSession } from '../../../../lib/cli/session/open-session.ts';
import type { ClusterSeed, EntrySeed } from '../../../../lib/local/eks/world.ts';
import { noReadLag } from '../../../../lib/local/iam/read-lag.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../../../lib/local/index.ts';
import type { PolicyStatement } from '../../../../lib/local/deployment.ts';
import { fakeTerminal, type FakeTerminalOptions } from '../terminal.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const START = Date.parse('2026-11-24T12:00:00Z');
export const HOUR = 3_600_000;
export const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

export const roleArn = (name: string, path = '/') => `arn:aws:iam::${ACCOUNT}:role${path}${name}`;

/** A local AWS for scans, and a person with a terminal in it. Roles are ten hours old unless a test says otherwise. */
export function scannedWorld(terminalOptions: Partial<FakeTerminalOptions> = {}) {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(1), lag: noReadLag });

  function putRole(name: string, { ageHours = 10, path = '/' } = {}): string {
    const arn = roleArn(name, path);
    const uniqueId = `AROA${name.toUpperCase().replaceAll(/\W/g, '').padEnd(16, '0')}`;
    const common = { kind: 'role', partition: 'aws', accountId: ACCOUNT, tags: {} } as const;
    const trustPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    aws.iam.put({ ...common, name, path, arn, uniqueId, createDate: START - ageHours * HOUR, trustPolicy });
    return arn;
  }

  const putCluster = (name: string, more: Partial<ClusterSeed> = {}) =>
    aws.eks.state.addCluster({ accountId: ACCOUNT, region: REGION, name, ...more });

  function putEntry(clusterName: string, role: string, { ageHours = 9, ...more }: EntryOptions = {}): void {
    const principalArn = role.startsWith('arn:') ? role : roleArn(role);
    const where = { accountId: ACCOUNT, region: REGION, clusterName, principalArn };
    aws.eks.state.addEntry({ ...where, boundId: 'AROAWHOEVERITWAS0000', createdAt: START - ageHours * HOUR, ...more });
  }

  function terminalOf(statements?: readonly PolicyStatement[], env: Readonly<Record<string, string>> = {}) {
    const key = aws.credentials.issue({ arn: roleArn('people'), ...(statements && { statements }) });
    const keys = {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken ?? '',
    };
    const runtime = { clock, random: createSeededRandom(3), requestHandler: aws.requestHandler };
    return fakeTerminal({ ...terminalOptions, env: { AWS_REGION: REGION, ...keys, ...env }, runtime });
  }

  return {
    aws,
    clock,
    putRole,
    putCluster,
    putEntry,
    terminalOf,
    // What is loaded when it is asked for takes no time of this clock, which would else see nothing left to wait for.
    run: <T>(work: () => Promise<T>) => clock.run(() => clock.busy(work)),
    session: (options: ConnectionOptions = {}, statements?: readonly PolicyStatement[]): Promise<Session> =>
      clock.run(() => openSession(options, terminalOf(statements))),
  };
}

type EntryOptions = Partial<Omit<EntrySeed, 'createdAt'>> & { readonly ageHours?: number };
