import { expect, test } from 'vitest';
import { step } from '../../handlers/hear-heartbeat.ts';
import { systemClock } from '../../lib/runtime.ts';
import { fakeWorld } from '../lib/core/world/fake-world.ts';

const denied = {
  version: '0',
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventID: 'event-1', eventName: 'DeleteRole', errorCode: 'AccessDenied', requestParameters: null },
};

async function heard(event: unknown) {
  const lines: string[] = [];
  const env = { AWS_REGION: 'us-east-1' };
  const { settings } = fakeWorld().bare;
  const runtime = { env, clock: systemClock, random: () => 0, write: (line: string) => void lines.push(line) };
  const result: unknown = await step
    .bind(runtime, { settings })(event, { awsRequestId: 'request-1' })
    .catch((error: unknown) => error);
  return { result, counted: lines.filter((line) => line.includes('"HeartbeatsHeard":1')).length };
}

test.each(['AccessDenied', 'AccessDeniedException'])(
  'a denied call is heard, and counted once: %s',
  async (errorCode) => {
    const { result, counted } = await heard({ ...denied, detail: { ...denied.detail, errorCode } });
    expect(result).toMatchObject({ status: 'heard' });
    expect(counted).toBe(1);
  },
);

const { errorCode: _none, ...allowed } = denied.detail;

test.each([
  ['of a call that went through', { ...denied, detail: allowed }],
  ['of a call that failed otherwise', { ...denied, detail: { ...denied.detail, errorCode: 'NoSuchEntityException' } }],
  ['of another call', { ...denied, detail: { ...denied.detail, eventName: 'GetRole' } }],
  ['of another service', { ...denied, source: 'aws.eks' }],
  ['that is none', {}],
])('an event %s is InvalidInput, and is not counted', async (_what, event) => {
  const { result, counted } = await heard(event);
  expect(result).toMatchObject({ name: 'InvalidInput' });
  expect(counted).toBe(0);
});
