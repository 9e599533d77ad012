import { expect, test } from 'vitest';
import { adapterWorld, START, TOPIC } from './adapter-world.ts';

test('what is notified is on the topic, subject and all', async () => {
  const { aws, port, run } = adapterWorld('notifications');
  await run(() => port.notify({ subject: 'Rebind this?', message: 'platform/people\n' }));
  expect(aws.sns.messages).toEqual([
    { topicArn: TOPIC, subject: 'Rebind this?', message: 'platform/people\n', at: START },
  ]);
});

test('a topic that is gone fails by name, and nothing is published', async () => {
  const { aws, port, run } = adapterWorld('notifications', {}, { EKS_REBIND_TOPIC_ARN: `${TOPIC}-gone` });
  const told = run(() => port.notify({ subject: 'Rebind this?', message: 'x' }));
  await expect(told).rejects.toMatchObject({ name: 'NotFoundException' });
  expect(aws.sns.messages).toEqual([]);
});

test('a throttled message is sent again, and comes once', async () => {
  const { aws, port, run } = adapterWorld('notifications');
  const throttle = aws.faults.inject({ operation: 'Publish', effect: { kind: 'throttle' }, times: 2 });
  await run(() => port.notify({ subject: 'Rebind this?', message: 'x' }));
  expect(aws.sns.messages).toHaveLength(1);
  expect(throttle.count).toBe(2);
});
