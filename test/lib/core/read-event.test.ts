import { expect, test } from 'vitest';
import { readEvent } from '../../../lib/core/read-event.ts';
import { fakeWorld, PLACE } from './world/fake-world.ts';

test('says what the event tells, and which regions to search', async () => {
  const event = { source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail' };
  const { settings, ownAccount } = fakeWorld().bare;
  const detail = {
    eventSource: 'iam.amazonaws.com',
    eventName: 'DeleteRole',
    eventTime: '2026-03-01T08:00:00Z',
    awsRegion: 'us-east-1',
    recipientAccountId: '111122223333',
    requestParameters: { roleName: 'readers' },
    responseElements: null,
  };
  expect(await readEvent({ schemaVersion: 1, event: { ...event, detail } }, { settings, ownAccount })).toMatchObject({
    schemaVersion: 1,
    change: { kind: 'deleted', principal: { name: 'readers' } },
    places: [PLACE],
  });
});
