import { describe, expect, test } from 'vitest';
import { isNodeTemplate, type NodeTrustPlace } from '../../../lib/core/node-trust.ts';

const place: NodeTrustPlace = {
  partition: 'aws',
  accountId: '111122223333',
  region: 'us-west-2',
  clusterName: 'shop',
};
const ANCHOR = 'arn:aws:rolesanywhere:us-west-2:111122223333:trust-anchor/0a1b2c3d-1111-2222-3333-444455556666';

const allow = (Service: unknown, Action: unknown, Condition?: unknown) => ({
  Sid: '',
  Effect: 'Allow',
  Principal: { Service },
  Action,
  ...(Condition !== undefined && { Condition }),
});
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });

const ec2 = policy(allow('ec2.amazonaws.com', 'sts:AssumeRole'));

const profiles = (arn: unknown, operator = 'ArnLike') => ({ [operator]: { 'aws:SourceArn': arn } });
const SHOP_PROFILES = 'arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/*';
const fargate = (condition?: unknown) => policy(allow('eks-fargate-pods.amazonaws.com', 'sts:AssumeRole', condition));

const ssm = (account: unknown, arn: unknown) =>
  policy(
    allow('ssm.amazonaws.com', 'sts:AssumeRole', {
      StringEquals: { 'aws:SourceAccount': account },
      ArnEquals: { 'aws:SourceArn': arn },
    }),
  );
const SSM_SOURCE = 'arn:aws:ssm:us-west-2:111122223333:*';

// oxlint-disable-next-line no-template-curly-in-string -- IAM's own variable
const CERTIFICATE_NAME = '${aws:PrincipalTag/x509Subject/CN}';
const rolesAnywhere = (anchor: unknown, otherAnchor = anchor, name: unknown = CERTIFICATE_NAME) => [
  allow('rolesanywhere.amazonaws.com', ['sts:TagSession', 'sts:SetSourceIdentity'], {
    ArnEquals: { 'aws:SourceArn': anchor },
  }),
  allow('rolesanywhere.amazonaws.com', 'sts:AssumeRole', {
    ...(name !== undefined && { StringEquals: { 'sts:RoleSessionName': name } }),
    ArnEquals: { 'aws:SourceArn': otherAnchor },
  }),
];
const anywhere = policy(...rolesAnywhere(ANCHOR));

describe('AWS’s own, as its guides give them', () => {
  test.each<[string, string, string]>([
    ['EC2_LINUX', 'nodes on EC2', ec2],
    ['EC2_WINDOWS', 'nodes on EC2', ec2],
    ['EC2', 'Auto Mode', ec2],
    ['EC2_LINUX', 'as China spells it', policy(allow('ec2.amazonaws.com.cn', ['sts:AssumeRole']))],
    ['FARGATE_LINUX', 'profiles of the cluster', fargate(profiles(SHOP_PROFILES))],
    ['FARGATE_LINUX', 'the same with ArnEquals', fargate(profiles([SHOP_PROFILES], 'ArnEquals'))],
    ['HYBRID_LINUX', 'Systems Manager', ssm(place.accountId, SSM_SOURCE)],
    ['HYBRID_LINUX', 'Roles Anywhere', anywhere],
  ])('%s: %s', (type, _what, trustPolicy) => {
    expect(isNodeTemplate(type, trustPolicy, place)).toBe(true);
  });

  test('in another partition, with its ARNs', () => {
    const china = { ...place, partition: 'aws-cn', region: 'cn-north-1' };
    const arn = 'arn:aws-cn:eks:cn-north-1:111122223333:fargateprofile/shop/*';
    expect(isNodeTemplate('FARGATE_LINUX', fargate(profiles(arn)), china)).toBe(true);
    expect(isNodeTemplate('FARGATE_LINUX', fargate(profiles(arn)), place)).toBe(false);
  });
});

test.each(['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'])(
  'both spellings of EC2 are its own in China: %s',
  (service) => {
    const china = { ...place, partition: 'aws-cn', region: 'cn-north-1' };
    expect(isNodeTemplate('EC2_LINUX', policy(allow(service, 'sts:AssumeRole')), china)).toBe(true);
    expect(isNodeTemplate('HYPERPOD_LINUX', policy(allow(service, 'sts:AssumeRole')), china)).toBe(false);
  },
);

describe('not AWS’s own', () => {
  const pods = 'eks-fargate-pods.amazonaws.com';
  const inSource = (arn: string) => fargate(profiles(arn));
  test.each<[string, string, string | undefined]>([
    ['EC2_LINUX', 'no trust policy', undefined],
    ['EC2_LINUX', 'not JSON', 'x'],
    ['EC2_LINUX', 'the version before variables', ec2.replace('2012-10-17', '2008-10-17')],
    ['EC2_LINUX', 'another service', policy(allow('ecs.amazonaws.com', 'sts:AssumeRole'))],
    ['EC2_LINUX', 'two services', policy(allow(['ec2.amazonaws.com', 'ssm.amazonaws.com'], 'sts:AssumeRole'))],
    [
      'EC2_LINUX',
      'an account too',
      policy(allow('ec2.amazonaws.com', 'sts:AssumeRole'), {
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        Action: 'sts:AssumeRole',
      }),
    ],
    ['EC2_LINUX', 'one action more', policy(allow('ec2.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']))],
    ['EC2_LINUX', 'Deny', ec2.replace('Allow', 'Deny')],
    [
      'EC2_LINUX',
      'a condition',
      policy(allow('ec2.amazonaws.com', 'sts:AssumeRole', { Bool: { 'aws:SecureTransport': 'true' } })),
    ],
    [
      'EC2_LINUX',
      'a provider of the service’s name',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Federated: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
    ],
    ['EC2_LINUX', 'the template of another type', fargate(profiles(SHOP_PROFILES))],
    ['FARGATE_LINUX', 'the template of another type', ec2],
    ['FARGATE_LINUX', 'no condition', fargate()],
    [
      'FARGATE_LINUX',
      'a condition for another statement only',
      policy(allow(pods, 'sts:AssumeRole'), allow(pods, 'sts:AssumeRole', profiles(SHOP_PROFILES))),
    ],
    ['FARGATE_LINUX', 'another cluster', inSource('arn:aws:eks:us-west-2:111122223333:fargateprofile/cart/*')],
    ['FARGATE_LINUX', 'every cluster', inSource('arn:aws:eks:us-west-2:111122223333:fargateprofile/*')],
    ['FARGATE_LINUX', 'another region', inSource('arn:aws:eks:us-east-1:111122223333:fargateprofile/shop/*')],
    ['FARGATE_LINUX', 'another account', inSource('arn:aws:eks:us-west-2:444455556666:fargateprofile/shop/*')],
    ['FARGATE_LINUX', 'another partition', inSource('arn:aws-cn:eks:us-west-2:111122223333:fargateprofile/shop/*')],
    [
      'FARGATE_LINUX',
      'another cluster too',
      fargate(profiles([SHOP_PROFILES, 'arn:aws:eks:us-west-2:111122223333:fargateprofile/cart/*'])),
    ],
    ['FARGATE_LINUX', 'the condition turned round', fargate(profiles(SHOP_PROFILES, 'ArnNotLike'))],
    ['FARGATE_LINUX', 'the condition only if the key is there', fargate(profiles(SHOP_PROFILES, 'ArnLikeIfExists'))],
    ['FARGATE_LINUX', 'a text compared', fargate(profiles(SHOP_PROFILES, 'StringLike'))],
    ['FARGATE_LINUX', 'another key', fargate({ ArnLike: { 'aws:PrincipalArn': SHOP_PROFILES } })],
    ['HYBRID_LINUX', 'Systems Manager without conditions', policy(allow('ssm.amazonaws.com', 'sts:AssumeRole'))],
    ['HYBRID_LINUX', 'Systems Manager of another account', ssm('444455556666', SSM_SOURCE)],
    [
      'HYBRID_LINUX',
      'Systems Manager’s source in another region',
      ssm(place.accountId, 'arn:aws:ssm:us-east-1:111122223333:*'),
    ],
    [
      'HYBRID_LINUX',
      'Systems Manager’s source alone',
      policy(allow('ssm.amazonaws.com', 'sts:AssumeRole', { ArnEquals: { 'aws:SourceArn': SSM_SOURCE } })),
    ],
    [
      'HYBRID_LINUX',
      'Roles Anywhere without conditions',
      policy(allow('rolesanywhere.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'])),
    ],
    ['HYBRID_LINUX', 'no session name', policy(...rolesAnywhere(ANCHOR, ANCHOR, '*'))],
    ['HYBRID_LINUX', 'another session name', policy(...rolesAnywhere(ANCHOR, ANCHOR, 'node-1'))],
    ['HYBRID_LINUX', 'a statement missing', policy(rolesAnywhere(ANCHOR)[1])],
    ['HYBRID_LINUX', 'two anchors', policy(...rolesAnywhere([ANCHOR, `${ANCHOR.slice(0, -1)}7`]))],
    ['HYBRID_LINUX', 'an anchor each', policy(...rolesAnywhere(ANCHOR, `${ANCHOR.slice(0, -1)}7`))],
    [
      'HYBRID_LINUX',
      'every anchor',
      policy(...rolesAnywhere('arn:aws:rolesanywhere:us-west-2:111122223333:trust-anchor/*')),
    ],
    [
      'HYBRID_LINUX',
      'an anchor that is none',
      policy(...rolesAnywhere('arn:aws:rolesanywhere:us-west-2:111122223333:trust-anchor/')),
    ],
    [
      'HYBRID_LINUX',
      'an anchor of another account',
      policy(...rolesAnywhere(ANCHOR.replace('111122223333', '444455556666'))),
    ],
    [
      'HYBRID_LINUX',
      'the old version, where the session name is plain text',
      anywhere.replace('2012-10-17', '2008-10-17'),
    ],
    ['HYPERPOD_LINUX', 'a type without a template', policy(allow('sagemaker.amazonaws.com', 'sts:AssumeRole'))],
    ['STANDARD', 'no node type', ec2],
    ['OUTPOST', 'an unknown type', ec2],
    ['constructor', 'a property of every object', ec2],
  ])('%s: %s', (type, _what, trustPolicy) => {
    expect(isNodeTemplate(type, trustPolicy, place)).toBe(false);
  });
});
