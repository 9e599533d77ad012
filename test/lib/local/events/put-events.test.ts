import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { createLocalAws } from '../../../../lib/local/local-aws.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

const ACCOUNT = '111122223333';
const BUS = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;

function world() {
  const aws = createLocalAws({
    clock: createVirtualClock(Date.parse('2026-11-24T05:30:00.500Z')),
    random: createSeededRandom(1),
  });
  const credentials = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  const client = new EventBridgeClient({
    region: 'eu-west-1',
    credentials,
    requestHandler: aws.requestHandler,
    maxAttempts: 1,
  });
  return { aws, put: (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries })) };
}

const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  Source: 'eks-rebind',
  DetailType: 'Rebound',
  Detail: '{"entry":"worker"}',
  ...more,
});

test('an event reaches the bus in an envelope of its own', async () => {
  const { aws, put } = world();
  const { Entries, FailedEntryCount } = await put(entry({ Resources: ['arn:entry'] }));
  expect(FailedEntryCount).toBe(0);
  expect(aws.events.events).toEqual([
    {
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'Rebound',
      source: 'eks-rebind',
      account: ACCOUNT,
      time: '2026-11-24T05:30:00Z',
      region: 'eu-west-1',
      resources: ['arn:entry'],
      detail: { entry: 'worker' },
    },
  ]);
});

test('an event may tell its own time, and name the bus', async () => {
  const { aws, put } = world();
  const Time = new Date('2020-01-02T03:04:05Z');
  await put(entry({ Time, EventBusName: 'default' }), entry({ EventBusName: BUS }));
  expect(aws.events.events.map(({ time }) => time)).toEqual(['2020-01-02T03:04:05Z', '2026-11-24T05:30:00Z']);
});

test.each<[string, Partial<PutEventsRequestEntry>, string, string]>([
  ['a source of AWS', { Source: 'aws.iam' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  [
    'no source',
    { Source: undefined },
    'InvalidArgument',
    'Parameter Source is not valid. Reason: Source is a required argument.',
  ],
  [
    'no detail type',
    { DetailType: '' },
    'InvalidArgument',
    'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
  ],
  [
    'no detail',
    { Detail: undefined },
    'InvalidArgument',
    'Parameter Detail is not valid. Reason: Detail is a required argument.',
  ],
  ['a detail that is no JSON', { Detail: 'entry' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a detail that is no object', { Detail: '["a"]' }, 'MalformedDetail', 'Detail is malformed.'],
])('an entry with %s fails alone', async (_, bad, ErrorCode, ErrorMessage) => {
  const { aws, put } = world();
  const answer = await put(entry(), entry(bad), entry());
  expect(answer.FailedEntryCount).toBe(1);
  expect(answer.Entries?.[1]).toEqual({ ErrorCode, ErrorMessage });
  expect(answer.Entries?.[2]?.EventId).toMatch(/^[0-9a-f-]{36}$/);
  expect(aws.events.events).toHaveLength(2);
});

test('an event for a bus that is not there is taken and dropped', async () => {
  const { aws, put } = world();
  expect(await put(entry({ EventBusName: 'nowhere' }))).toMatchObject({ FailedEntryCount: 0 });
  expect(aws.events.events).toEqual([]);
});

test('ten entries and a megabyte are the most', async () => {
  const { aws, put } = world();
  const ten = Array.from({ length: 10 }, () => entry());
  await expect(put(...ten, entry())).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Member must have length less than or equal to 10'),
  });
  await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
  const most = 1_048_576 - 'eks-rebind'.length - 'Rebound'.length - '{"a":""}'.length;
  const big = (bytes: number) => entry({ Detail: JSON.stringify({ a: 'x'.repeat(bytes) }) });
  await put(big(most));
  await expect(put(big(most + 1))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Total size of the entries in the request is over the limit.',
  });
  expect(aws.events.events).toHaveLength(1);
});
