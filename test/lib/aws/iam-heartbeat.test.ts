import { expect, test } from 'vitest';
import { actionsOf } from '../../../lib/aws/port-registry.ts';
import { iamHeartbeat } from '../../../lib/aws/iam-heartbeat.ts';
import { createClients } from '../../../lib/aws/clients.ts';
import { adapterWorld } from './adapter-world.ts';

const NAME = 'eks-rebind-heartbeat';

test('asks for no permission, and is denied', async () => {
  const { aws, port, run } = adapterWorld('heartbeat');
  expect(actionsOf(['heartbeat'])).toEqual([]);
  await expect(run(() => port.beat(NAME))).resolves.toBe('denied');
  expect(aws.calls.matching({ operation: 'DeleteRole' })).toHaveLength(1);
});

/** The same by somebody who may do everything; the local AWS denies before any fault. */
function byRoot() {
  const { aws, putRole, runtime, run } = adapterWorld('heartbeat');
  const { accessKeyId, secretAccessKey } = aws.credentials.issue({ arn: 'arn:aws:iam::111122223333:root' });
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const port = iamHeartbeat(createClients({ ...runtime, env }));
  return { aws, putRole, beat: () => run(() => port.beat(NAME)) };
}

test('is allowed where IAM says that there is no such role', async () => {
  await expect(byRoot().beat()).resolves.toBe('allowed');
});

test('is allowed where a role of the name is gone by it', async () => {
  const { putRole, beat } = byRoot();
  putRole(NAME);
  await expect(beat()).resolves.toBe('allowed');
});

test.each([
  ['throttle', 'AwsThrottled'],
  ['unavailable', 'AwsUnavailable'],
] as const)('that gets no answer proves nothing: %s', async (kind, name) => {
  const { aws, beat } = byRoot();
  aws.faults.inject({ operation: 'DeleteRole', effect: { kind } });
  await expect(beat()).rejects.toMatchObject({ name });
});

test('with credentials that AWS does not take is neither', async () => {
  const { aws, beat } = byRoot();
  aws.faults.inject({
    operation: 'DeleteRole',
    effect: {
      kind: 'fault',
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    },
  });
  await expect(beat()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});
