import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CreateClusterCommand, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listening } from '../../../lib/local/http-server.ts';
import { EC2, localWorld, refusal, roleArn } from './local-world.ts';

const servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function served() {
  const world = localWorld();
  const server = await world.aws.listen();
  servers.push(server);
  const config = { region: 'eu-west-1', credentials: world.administrator, endpoint: server.url, maxAttempts: 1 };
  return { ...world, server, iam: new IAMClient(config), eks: new EKSClient(config) };
}

const create = new CreateRoleCommand({ RoleName: 'worker', Path: '/team/', AssumeRolePolicyDocument: EC2 });

describe('over HTTP', () => {
  test('the same AWS answers as in the process', async () => {
    const { aws, iam, eks, config } = await served();
    const { Role } = await iam.send(create);
    const inside = new IAMClient(config());
    expect((await inside.send(new GetRoleCommand({ RoleName: 'worker' }))).Role?.RoleId).toBe(Role?.RoleId);
    await eks.send(new CreateClusterCommand({ name: 'prod', roleArn: roleArn('eks'), resourcesVpcConfig: {} }));
    expect(aws.calls.countByOperation()).toEqual({ CreateCluster: 1, CreateRole: 1, GetRole: 1 });
  });

  test('errors keep their class, status and request id', async () => {
    const { eks } = await served();
    expect(await refusal(eks.send(new DescribeClusterCommand({ name: 'none' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
  });

  test('a lost answer is a broken connection after the effect', async () => {
    const { aws, iam } = await served();
    aws.faults.inject({ operation: 'CreateRole', times: 1, effect: { kind: 'answerLost' } });
    expect(await refusal(iam.send(create))).toMatchObject({ code: 'ECONNRESET' });
    expect(await refusal(iam.send(create))).toMatchObject({ name: 'EntityAlreadyExistsException' });
  });
});

test('it listens on the loopback address only', async () => {
  const { server } = await served();
  const { port, hostname } = new URL(server.url);
  expect(hostname).toBe('127.0.0.1');
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  if (!outside) return;
  const reached = await new Promise((resolve) => {
    const socket = createConnection(Number(port), outside.address);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.unref();
  });
  expect(reached).toBe(false);
});

test('a port that is taken is an error', async () => {
  const { aws, server } = await served();
  await expect(aws.listen(Number(new URL(server.url).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('once closed it answers nobody', async () => {
  const { server, iam } = await served();
  await server.close();
  servers.splice(0);
  expect(await refusal(iam.send(create))).toMatchObject({ code: 'ECONNREFUSED' });
});
