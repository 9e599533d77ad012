import { expect, test } from 'vitest';
import { createClients } from '../../../lib/aws/clients.ts';
import { eventBridgeAnnouncements } from '../../../lib/aws/event-bridge-announcements.ts';
import type { Announcement } from '../../../lib/core/ports.ts';
import { createVirtualClock } from '../../../lib/local/index.ts';
import { adapterWorld, entryOf, START } from './adapter-world.ts';
import { scriptedAws } from './scripted-aws.ts';

const announcement: Announcement = {
  outcome: { name: 'Rebound', reasons: [] },
  entry: entryOf('people'),
  incarnation: { principalArn: 'arn', principalId: 'AROA1', createdAt: '2026-03-01T12:00:00Z' },
  executionArn: 'arn:aws:states:us-east-1:111122223333:execution:rebind-entry:one',
  cause: { kind: 'event', eventId: 'event-1' },
};

test('puts the outcome on the default bus, as ours', async () => {
  const { aws, port, run } = adapterWorld('announcements');
  await run(() => port.announce(announcement));
  expect(aws.events.events).toMatchObject([
    {
      source: 'eks-rebind',
      'detail-type': 'Rebind Outcome',
      resources: [announcement.executionArn],
      detail: { schemaVersion: 1, ...announcement },
    },
  ]);
});

test('an entry that the bus did not take is a failure, though PutEvents itself went well', async () => {
  const clock = createVirtualClock(START);
  const Entries = [{ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' }];
  const { runtime } = scriptedAws(() => ({ status: 200, body: { FailedEntryCount: 1, Entries } }), clock);
  const announcements = eventBridgeAnnouncements(createClients(runtime));
  await expect(clock.run(() => announcements.announce(announcement))).rejects.toMatchObject({
    name: 'AwsUnavailable',
    message: expect.stringContaining('InternalFailure: try again'),
  });
});
