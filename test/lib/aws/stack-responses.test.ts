import { describe, expect, test } from 'vitest';
import { stackResponses } from '../../../lib/aws/stack-responses.ts';
import { createVirtualClock } from '../../../lib/local/index.ts';

const URL = 'https://s3.amazonaws.com/answer?signature=secret';
const response = {
  Status: 'FAILED',
  Reason: 'two entries',
  PhysicalResourceId: 'check-uninstall',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'CheckUninstall',
} as const;

function answering(...statuses: (number | Error)[]) {
  const clock = createVirtualClock(0);
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const send: typeof fetch = async (url, init) => {
    sent.push({ url: typeof url === 'string' ? url : '', init });
    const status = statuses[sent.length - 1] ?? 200;
    if (status instanceof Error) throw status;
    return new Response(null, { status });
  };
  return { sent, answer: () => clock.run(() => stackResponses({ clock }, send).answer(URL, response)) };
}

describe('an answer to CloudFormation', () => {
  test('is put to its URL, once', async () => {
    const { sent, answer } = answering(200);
    await answer();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url: URL, init: { method: 'PUT', body: JSON.stringify(response) } });
  });

  test('is put again after a server error and a lost connection', async () => {
    const { sent, answer } = answering(500, new TypeError('fetch failed'), 200);
    await answer();
    expect(sent).toHaveLength(3);
  });

  test('that is never taken fails by name, and tells no URL', async () => {
    const { sent, answer } = answering(503, 503, 503, 503, 503);
    await expect(answer()).rejects.toMatchObject({
      name: 'AwsUnavailable',
      message: 'CloudFormation did not take the answer after 4 attempts: HTTP 503',
    });
    expect(sent).toHaveLength(4);
  });
});
