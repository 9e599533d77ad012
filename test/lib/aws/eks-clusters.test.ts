import { expect, test } from 'vitest';
import { ACCOUNT, adapterWorld, PLACE, REGION } from './adapter-world.ts';

test('lists every page of clusters', async () => {
  const { aws, port, run } = adapterWorld('clusters');
  const names = Array.from({ length: 120 }, (_, index) => `c-${String(index).padStart(3, '0')}`);
  for (const name of names) aws.eks.state.addCluster({ accountId: ACCOUNT, region: REGION, name });
  const listed = await run(() => port.list(PLACE));
  expect(listed.toSorted()).toEqual([...names, 'prod'].toSorted());
  expect(aws.calls.matching({ operation: 'ListClusters' }).length).toBeGreaterThan(1);
});

test('looks into the region it is asked for', async () => {
  const { port, run } = adapterWorld('clusters');
  await expect(run(() => port.list({ ...PLACE, region: 'us-east-2' }))).resolves.toEqual([]);
});

test('tells how a cluster authenticates', async () => {
  const { aws, port, run } = adapterWorld('clusters');
  aws.eks.state.addCluster({
    accountId: ACCOUNT,
    region: REGION,
    name: 'old',
    authenticationMode: 'CONFIG_MAP',
    status: 'CREATING',
  });
  await expect(run(() => port.describe(PLACE, 'old'))).resolves.toEqual({
    name: 'old',
    arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/old`,
    status: 'CREATING',
    authenticationMode: 'CONFIG_MAP',
    createdAt: '2026-03-01T12:00:00.000Z',
  });
});

test('a cluster that is not there is undefined, not an error', async () => {
  const { port, run } = adapterWorld('clusters');
  await expect(run(() => port.describe(PLACE, 'gone'))).resolves.toBeUndefined();
});

test('a throttle that outlasts our retries is AwsThrottled, an outage AwsUnavailable', async () => {
  const { aws, port, run } = adapterWorld('clusters');
  const throttle = aws.faults.inject({ operation: 'ListClusters', effect: { kind: 'throttle' } });
  await expect(run(() => port.list(PLACE))).rejects.toMatchObject({ name: 'AwsThrottled' });
  throttle.lift();
  aws.faults.inject({ operation: 'ListClusters', effect: { kind: 'connectionLost' } });
  await expect(run(() => port.list(PLACE))).rejects.toMatchObject({ name: 'AwsUnavailable' });
});

test('what has no name of ours goes through as AWS said it', async () => {
  const { aws, port, run } = adapterWorld('clusters');
  const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'no' } as const;
  aws.faults.inject({ operation: 'ListClusters', effect });
  await expect(run(() => port.list(PLACE))).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'no' });
});
