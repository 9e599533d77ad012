import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { Deployment, PolicyStatement } from '../../../../lib/local/deployment.ts';
import { ACCOUNT, localWorld, refusal } from '../local-world.ts';

const MEMBER = '444455556666';
const VISITOR = `arn:aws:iam::${MEMBER}:role/visitors/visitor`;
const HUB_ROLE = `arn:aws:iam::${ACCOUNT}:role/hub/worker`;
const allow = (...actions: string[]): PolicyStatement => ({ effect: 'Allow', actions, resources: ['*'] });

const visited: Deployment = {
  accountId: MEMBER,
  partition: 'aws',
  region: 'us-east-1',
  functions: {},
  stateMachines: {},
  rules: {},
  roles: {
    [VISITOR]: {
      statements: [allow('eks:ListClusters')],
      trust: [
        {
          effect: 'Allow',
          actions: ['sts:AssumeRole'],
          resources: [],
          principals: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] },
          conditions: {
            StringEquals: { 'sts:ExternalId': ['a-secret'] },
            ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/hub/*`] },
          },
        },
      ],
    },
  },
};

/** Asks to become the role of the other account. */
function world(caller: { arn?: string; statements?: PolicyStatement[] } = {}) {
  const { aws, config } = localWorld();
  aws.deploy(visited);
  const { arn = HUB_ROLE, statements = [allow('sts:AssumeRole')] } = caller;
  const sts = new STSClient(config(aws.credentials.issue({ arn, sessionName: 'CheckRole', statements })));
  const assume = (ids: { ExternalId?: string } = { ExternalId: 'a-secret' }) =>
    sts.send(new AssumeRoleCommand({ RoleArn: VISITOR, RoleSessionName: 'CheckRole', ...ids }));
  return { aws, config, assume };
}

test('a role that came with a deployment is assumed as its trust policy says, from another account', async () => {
  const { assume } = world();
  const { AssumedRoleUser } = await assume();
  expect(AssumedRoleUser).toEqual({
    Arn: `arn:aws:sts::${MEMBER}:assumed-role/visitor/CheckRole`,
    AssumedRoleId: expect.stringMatching(/^AROA\w+:CheckRole$/),
  });
});

test('its session is in that account, and may do what the role may, no more', async () => {
  const { aws, config, assume } = world();
  aws.eks.state.addCluster({ accountId: MEMBER, region: 'eu-west-1', name: 'theirs' });
  const { Credentials: keys } = await assume();
  const credentials = {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    ...(keys?.SessionToken && { sessionToken: keys.SessionToken }),
  };
  const eks = new EKSClient({ ...config(credentials), region: 'eu-west-1' });
  expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual(['theirs']);
  const sts = new STSClient(config(credentials));
  const again = sts.send(new AssumeRoleCommand({ RoleArn: HUB_ROLE, RoleSessionName: 'CheckRole' }));
  expect(await refusal(again)).toMatchObject({ name: 'AccessDenied' });
});

describe('it is denied', () => {
  const theirs = { ExternalId: 'a-secret' };
  test.each([
    ['with another external id', {}, { ExternalId: 'wrong' }],
    ['without one', {}, {}],
    ['to a role of another path', { arn: `arn:aws:iam::${ACCOUNT}:role/others/worker` }, theirs],
    ['to another account', { arn: 'arn:aws:iam::777788889999:role/hub/worker' }, theirs],
    ['to who may not assume roles', { statements: [allow('eks:ListClusters')] }, theirs],
  ])('%s', async (_, caller, ids) => {
    expect(await refusal(world(caller).assume(ids))).toMatchObject({ name: 'AccessDenied' });
  });
});
