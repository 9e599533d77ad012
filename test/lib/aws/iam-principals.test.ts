import { expect, test } from 'vitest';
import { ACCOUNT, adapterWorld, roleArn, START } from './adapter-world.ts';

const principal = (name: string, kind: 'role' | 'user' = 'role') =>
  ({ partition: 'aws', accountId: ACCOUNT, kind, name }) as const;

test('reads a role: id, exact ARN, path, tags and its trust policy in plain JSON', async () => {
  const { port, putRole, run } = adapterWorld('principals');
  putRole('worker', '/team/nodes/');
  const reading = await run(() => port.read(principal('worker')));
  expect(reading).toMatchObject({
    arn: roleArn('team/nodes/worker'),
    principalId: 'AROAWORKER0000000000',
    createdAt: '2026-02-28T12:00:00.000Z',
    path: '/team/nodes/',
    tags: { team: 'platform engineering' },
  });
  expect(JSON.parse(reading?.trustPolicy ?? '')).toMatchObject({ Statement: [{ Effect: 'Allow' }] });
});

test('reads a user, who has no trust policy', async () => {
  const { aws, port, run } = adapterWorld('principals');
  const arn = `arn:aws:iam::${ACCOUNT}:user/alice`;
  const boundary = `arn:aws:iam::${ACCOUNT}:policy/limits`;
  const user = { kind: 'user', partition: 'aws', accountId: ACCOUNT, name: 'alice', path: '/', arn } as const;
  const more = {
    uniqueId: 'AIDAALICE00000000000',
    createDate: START - 60_000,
    tags: {},
    permissionsBoundary: boundary,
  };
  aws.iam.put({ ...user, ...more });
  await expect(run(() => port.read(principal('alice', 'user')))).resolves.toEqual({
    arn,
    principalId: 'AIDAALICE00000000000',
    createdAt: '2026-03-01T11:59:00.000Z',
    path: '/',
    tags: {},
    permissionsBoundaryArn: boundary,
  });
});

test('one that IAM does not know is undefined', async () => {
  const { port, run } = adapterWorld('principals');
  await expect(run(() => port.read(principal('nobody')))).resolves.toBeUndefined();
  await expect(run(() => port.read(principal('nobody', 'user')))).resolves.toBeUndefined();
});

test('one of another account is never mistaken for our own of that name', async () => {
  const { aws, port, run } = adapterWorld('principals');
  const foreign = { ...principal('people'), accountId: '444455556666' };
  await expect(run(() => port.read(foreign))).rejects.toMatchObject({ name: 'PrincipalOfOtherAccount' });
  expect(aws.calls.all).toEqual([]);
});
