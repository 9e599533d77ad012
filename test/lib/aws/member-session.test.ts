import { ListClustersCommand } from '@aws-sdk/client-eks';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { createClients } from '../../../lib/aws/clients.ts';
import { environmentOf, settingsFrom } from '../../../lib/core/settings.ts';
import type { PolicyStatement } from '../../../lib/local/deployment.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../../lib/local/index.ts';
import { allowing } from '../local/allowing.ts';
import { ACCOUNT, REGION, roleArn, START } from './adapter-world.ts';

const MEMBER = '444455556666';
const PLACE = { accountId: MEMBER, region: REGION };
const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`;
const MINUTE = 60_000;

/** A function of ours in one account, and a role in another that lets it in. */
function world({
  env = {},
  statements = allowing('*'),
}: { env?: object; statements?: readonly PolicyStatement[] } = {}) {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(1) });
  aws.eks.state.addCluster({ accountId: MEMBER, region: REGION, name: 'theirs' });
  aws.deploy({
    accountId: MEMBER,
    partition: 'aws',
    region: 'us-east-1',
    functions: {},
    stateMachines: {},
    rules: {},
    roles: {
      [MEMBER_ROLE]: {
        statements: allowing('eks:ListClusters', 'iam:GetRole'),
        trust: [
          {
            effect: 'Allow',
            actions: ['sts:AssumeRole'],
            resources: [],
            principals: { AWS: [ACCOUNT] },
            conditions: { StringEquals: { 'sts:ExternalId': ['eks-rebind'] } },
          },
        ],
      },
    },
  });
  const key = aws.credentials.issue({ arn: roleArn('eks-rebind'), sessionName: 'function', statements });
  const runtime = {
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
      EKS_REBIND_ACCOUNT_ID: ACCOUNT,
      ...environmentOf(settingsFrom({ EKS_REBIND_REGIONS: REGION, EKS_REBIND_MEMBER_ACCOUNTS: MEMBER })),
      ...env,
    },
    clock,
    random: createSeededRandom(2),
    write: () => {},
    requestHandler: aws.requestHandler,
  };
  const clients = createClients(runtime);
  const list = () => clients.eks(PLACE).send(new ListClustersCommand({}));
  return {
    aws,
    clients,
    run: <T>(work: () => Promise<T>) => clock.run(work),
    pass: (milliseconds: number) => clock.run(() => clock.pause(milliseconds)),
    list,
    assumed: () => aws.calls.matching({ operation: 'AssumeRole' }),
  };
}

test('calls in a member account are made as the role there, in that account', async () => {
  const { aws, list, run } = world({ env: { AWS_LAMBDA_FUNCTION_NAME: 'eks-rebind-CheckRole' } });
  await expect(run(list)).resolves.toMatchObject({ clusters: ['theirs'] });
  const [call] = aws.calls.matching({ operation: 'ListClusters' });
  expect(aws.credentials.holderOf(call?.accessKeyId ?? '')).toMatchObject({
    arn: MEMBER_ROLE,
    sessionName: 'eks-rebind-CheckRole',
  });
});

test('outside of a function the session is called after the product', async () => {
  const { aws, list, run } = world();
  await run(list);
  const [call] = aws.calls.matching({ operation: 'ListClusters' });
  expect(aws.credentials.holderOf(call?.accessKeyId ?? '')?.sessionName).toBe('eks-rebind');
});

test('one session serves all services and regions of an account, and calls that come at once', async () => {
  const { aws, assumed, clients, list, run } = world();
  const elsewhere = clients.eks({ ...PLACE, region: 'us-east-2' });
  const readRole = () => clients.iam(MEMBER).send(new GetRoleCommand({ RoleName: 'nobody' }));
  await run(() => Promise.allSettled([list(), list(), elsewhere.send(new ListClustersCommand({})), readRole()]));
  expect(aws.calls.all.length).toBeGreaterThan(4);
  expect(assumed()).toHaveLength(1);
});

test('it is renewed before its hour is over, and not sooner', async () => {
  const { assumed, list, pass, run } = world();
  await run(list);
  await pass(54 * MINUTE);
  await run(list);
  expect(assumed()).toHaveLength(1);
  await pass(MINUTE);
  await run(list);
  expect(assumed()).toHaveLength(2);
});

describe('where STS lets nobody in', () => {
  test('the failure says which role it is and what to do', async () => {
    const { list, run } = world({ env: { EKS_REBIND_EXTERNAL_ID: 'another' } });
    await expect(run(list)).rejects.toMatchObject({
      name: 'MemberAccessDenied',
      message: expect.stringMatching(/eks-rebind-member'.*AccessDenied.*deploy EksRebindMember/),
    });
  });

  test('the next call asks again, once somebody has mended it', async () => {
    const { aws, assumed, list, run } = world();
    const effect = { kind: 'fault', name: 'AccessDenied', message: 'no' } as const;
    const denial = aws.faults.inject({ operation: 'AssumeRole', effect });
    await expect(run(list)).rejects.toMatchObject({ name: 'MemberAccessDenied' });
    denial.lift();
    await expect(run(list)).resolves.toMatchObject({ clusters: ['theirs'] });
    expect(assumed()).toHaveLength(2);
  });
});

test.each([
  ['throttle', 'AwsThrottled'],
  ['connectionLost', 'AwsUnavailable'],
] as const)('a %s of STS that outlasts our retries is %s', async (kind, name) => {
  const { aws, list, run } = world();
  aws.faults.inject({ operation: 'AssumeRole', effect: { kind } });
  await expect(run(list)).rejects.toMatchObject({ name });
});

test('what has no name of ours goes through as STS said it', async () => {
  const { aws, list, run } = world();
  const effect = { kind: 'fault', name: 'RegionDisabledException', message: 'no' } as const;
  aws.faults.inject({ operation: 'AssumeRole', effect });
  await expect(run(list)).rejects.toMatchObject({ name: 'RegionDisabledException' });
});

const named = (name: string) => expect.objectContaining({ name, message: expect.stringContaining('memberAccounts') });

describe('an account that is neither ours nor a member', () => {
  const stranger = '777788889999';

  test('has no clients, by a name for clusters and another for principals, and is sent nothing', () => {
    const { aws, clients } = world();
    expect(() => clients.eks({ ...PLACE, accountId: stranger })).toThrow(named('ClusterOfOtherAccount'));
    expect(() => clients.eksOnce({ ...PLACE, accountId: stranger })).toThrow(named('ClusterOfOtherAccount'));
    expect(() => clients.iam(stranger)).toThrow(named('PrincipalOfOtherAccount'));
    expect(aws.calls.all).toEqual([]);
  });

  test('is not told from ours where our own isn’t known', () => {
    const { clients } = world({ env: { EKS_REBIND_ACCOUNT_ID: '' } });
    expect(() => clients.eks(PLACE)).toThrow('environment variable EKS_REBIND_ACCOUNT_ID: expected an account id');
  });
});

test('our own account is reached with our own keys', async () => {
  const { assumed, clients, run } = world();
  await run(() => clients.eks({ accountId: ACCOUNT, region: REGION }).send(new ListClustersCommand({})));
  expect(assumed()).toEqual([]);
});
