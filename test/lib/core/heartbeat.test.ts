import { expect, test } from 'vitest';
import { hearHeartbeat } from '../../../lib/core/hear-heartbeat.ts';
import { sendHeartbeat } from '../../../lib/core/send-heartbeat.ts';
import { fakeWorld } from './world/fake-world.ts';

test('a heartbeat that is denied is sent, for the reserved name', async () => {
  const names: string[] = [];
  const beat = async (roleName: string) => {
    names.push(roleName);
    return 'denied' as const;
  };
  await expect(sendHeartbeat({}, { heartbeat: { beat } })).resolves.toEqual({ schemaVersion: 1, status: 'denied' });
  expect(names).toEqual(['eks-rebind-heartbeat']);
});

test('a heartbeat that IAM lets through fails by name: its function may delete roles', async () => {
  const heartbeat = { beat: async () => 'allowed' as const };
  await expect(sendHeartbeat({}, { heartbeat })).rejects.toMatchObject({
    name: 'HeartbeatAllowed',
    message: expect.stringContaining('iam:DeleteRole'),
  });
});

test('a heartbeat that comes back is counted', async () => {
  const { bare, recorded } = fakeWorld();
  const event = { source: 'aws.iam', detail: { eventName: 'DeleteRole', errorCode: 'AccessDenied' } } as const;
  await expect(hearHeartbeat(event, bare)).resolves.toMatchObject({ status: 'heard' });
  expect(recorded).toEqual([{ HeartbeatsHeard: 1 }]);
});
