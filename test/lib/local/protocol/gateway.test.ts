import {
  CreateAccessEntryCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  EKSClient,
  ListAccessEntriesCommand,
} from '@aws-sdk/client-eks';
import { CreateGroupCommand, CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { HttpRequest } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import { AwsFault } from '../../../../lib/local/call.ts';
import { createEcho } from './echo.ts';
import { EC2, localWorld, refusal, roleArn } from '../local-world.ts';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/eks/aws4_request, SignedHeaders=host, Signature=0';

/** Sends bytes as no SDK would. */
function raw({ aws }: ReturnType<typeof localWorld>, service: string) {
  const authorization = AUTHORIZATION.replace('/eks/', `/${service}/`);
  return async ({ headers, ...request }: Partial<Pick<HttpRequest, 'method' | 'path' | 'headers' | 'body'>>) => {
    const sent = new HttpRequest({ method: 'GET', ...request, headers: { authorization, ...headers } });
    const { response } = await aws.requestHandler.handle(sent);
    return {
      statusCode: response.statusCode,
      headers: response.headers,
      text: new TextDecoder().decode(response.body),
    };
  };
}

const missing = (name: string) => `Value null at '${name}' failed to satisfy constraint: Member must not be null`;

describe('an operation that is not emulated', () => {
  test('answers 501 and its name, in XML where the client speaks XML', async () => {
    const { iam } = localWorld();
    expect(await refusal(iam.send(new CreateGroupCommand({ GroupName: 'x' })))).toMatchObject({
      name: 'NotEmulated',
      message: 'the local AWS does not emulate iam CreateGroup; see lib/local/SUPPORTED.md',
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('answers 501 and its path where the path belongs to no operation', async () => {
    const answer = await raw(localWorld(), 'eks')({ path: '/no/such/path' });
    expect(answer).toMatchObject({ statusCode: 501, text: expect.stringContaining('eks GET /no/such/path') });
  });

  test('answers 501 for a service that is not emulated at all, as a form', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const answer = await raw(localWorld(), 'ec2')({ method: 'POST', headers });
    expect(answer).toMatchObject({ statusCode: 501, text: expect.stringContaining('<Code>NotEmulated</Code>') });
  });
});

test('an unsigned request is refused as AWS does', async () => {
  const answer = await raw(localWorld(), 'eks')({ headers: { authorization: '' } });
  expect(answer).toMatchObject({ statusCode: 403, text: expect.stringContaining('Missing Authentication Token') });
});

describe('paths', () => {
  test('keep an ARN with slashes whole', async () => {
    const { aws, config } = localWorld();
    aws.eks.state.addCluster({ accountId: '111122223333', region: 'us-east-1', name: 'prod' });
    const eks = new EKSClient(config());
    const principalArn = roleArn('team/nodes/worker');
    const describing = refusal(eks.send(new DescribeAccessEntryCommand({ clusterName: 'prod', principalArn })));
    expect(await describing).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(aws.calls.all.at(-1)?.input).toEqual({ clusterName: 'prod', principalArn });
  });

  test('with a broken escape are refused, not failed', async () => {
    const answer = await raw(localWorld(), 'eks')({ path: '/clusters/%E0%A4%A' });
    expect(answer).toMatchObject({ statusCode: 400, text: expect.stringContaining('%E0%A4%A') });
  });

  test('may end with a slash', async () => {
    expect(await raw(localWorld(), 'eks')({ path: '/clusters/' })).toMatchObject({ statusCode: 200 });
  });
});

describe('inputs', () => {
  test('without required members are refused in the words of IAM', async () => {
    const { iam } = localWorld();
    const input = { RoleName: undefined, AssumeRolePolicyDocument: undefined };
    expect(await refusal(iam.send(new CreateRoleCommand(input)))).toMatchObject({
      name: 'ValidationError',
      message: `2 validation errors detected: ${missing('roleName')}; ${missing('assumeRolePolicyDocument')}`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('without required members of their members are refused too', async () => {
    const { iam } = localWorld();
    const Tags = [
      { Key: 'a', Value: 'b' },
      { Key: 'c', Value: undefined },
    ];
    const creating = iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: EC2, Tags }));
    expect(await refusal(creating)).toMatchObject({
      message: expect.stringContaining("Value null at 'tags.2.member.value'"),
    });
  });

  test('of Step Functions are refused as ValidationException', async () => {
    const { config } = localWorld();
    const sfn = new SFNClient(config());
    expect(await refusal(sfn.send(new DescribeExecutionCommand({ executionArn: undefined })))).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value null at 'executionArn'"),
    });
  });

  test('of EKS are refused as InvalidParameterException', async () => {
    const { config } = localWorld();
    const eks = new EKSClient(config());
    const creating = eks.send(new CreateAccessEntryCommand({ clusterName: 'prod', principalArn: undefined }));
    expect(await refusal(creating)).toMatchObject({ name: 'InvalidParameterException' });
  });

  test('that are no JSON are refused', async () => {
    const body = new TextEncoder().encode('{ "name": ');
    expect(await raw(localWorld(), 'eks')({ method: 'POST', path: '/clusters', body })).toMatchObject({
      statusCode: 400,
      headers: { 'x-amzn-errortype': 'SerializationException' },
    });
  });

  test('with members of a wrong shape are refused', async () => {
    const body = new TextEncoder().encode('{ "principalArn": "a", "kubernetesGroups": "b" }');
    const answer = await raw(localWorld(), 'eks')({ method: 'POST', path: '/clusters/c/access-entries', body });
    expect(answer).toMatchObject({
      statusCode: 400,
      text: expect.stringContaining("the value at 'kubernetesGroups' is not of the expected type"),
    });
  });

  test('of a query may be repeated and read as numbers', async () => {
    const { aws, config } = localWorld();
    aws.eks.state.addCluster({ accountId: '111122223333', region: 'us-east-1', name: 'prod' });
    await new EKSClient(config()).send(new ListAccessEntriesCommand({ clusterName: 'prod', maxResults: 7 }));
    expect(aws.calls.all.at(-1)?.input).toEqual({ clusterName: 'prod', maxResults: 7 });
  });
});

test('a form is read by its numbers, whatever their order and gaps', async () => {
  const world = localWorld();
  const document = encodeURIComponent(EC2);
  const tags = [10, 9, 2].map((at) => `Tags.member.${at}.Key=k${at}&Tags.member.${at}.Value=v`).join('&');
  const body = `Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=${document}&${tags}`;
  expect(await raw(world, 'iam')({ method: 'POST', body })).toMatchObject({ statusCode: 200 });
  expect(world.aws.calls.all.at(-1)?.input).toMatchObject({ Tags: [{ Key: 'k2' }, { Key: 'k9' }, { Key: 'k10' }] });
});

test('the caller and the region come from the signature', async () => {
  const { aws, config } = localWorld();
  const key = aws.credentials.issue({ arn: roleArn('team/admin'), sessionName: 'ann' });
  await refusal(new EKSClient(config(key, 'eu-central-1')).send(new DescribeClusterCommand({ name: 'x' })));
  expect(aws.calls.all.at(-1)).toMatchObject({
    service: 'eks',
    operation: 'DescribeCluster',
    region: 'eu-central-1',
    accessKeyId: key.accessKeyId,
    callerArn: 'arn:aws:sts::111122223333:assumed-role/admin/ann',
    error: 'ResourceNotFoundException',
  });
});

test('an error that no model lists keeps its name, text and status', async () => {
  const echo = createEcho();
  echo.answer = () => {
    throw new AwsFault('AccessDeniedException', 'no');
  };
  const error = await refusal(echo.send('eks', 'ListClusters', {}));
  expect(error).toMatchObject({ name: 'AccessDeniedException', message: 'no', $metadata: { httpStatusCode: 403 } });
});

test('a mistake of our own is said to be one', async () => {
  const echo = createEcho();
  echo.answer = () => {
    throw new TypeError('oops');
  };
  expect(await refusal(echo.send('iam', 'ListRoles', {}))).toMatchObject({
    name: 'InternalFailure',
    message: 'the local AWS failed: TypeError: oops',
    $metadata: { httpStatusCode: 500 },
  });
});

test('each answer carries a request id', async () => {
  const { iam } = localWorld();
  const error = await refusal(iam.send(new GetRoleCommand({ RoleName: 'none' })));
  expect(error).toMatchObject({ $metadata: { requestId: expect.stringMatching(/^[\da-f-]{36}$/) } });
});
