import type { GetQueueAttributesRequest, GetQueueAttributesResult } from '@aws-sdk/client-sqs';
import type { Call } from '../call.ts';
import { queueAt, type Queue, type Queues } from './queue-state.ts';
import { VISIBILITY_SECONDS } from './receive-message.ts';

function attributesOf({ arn, createdAt, messages }: Queue, now: number): Record<string, string> {
  const [visible, hidden] = [
    messages.filter(({ visibleFrom }) => visibleFrom <= now),
    messages.filter(({ visibleFrom }) => visibleFrom > now),
  ];
  return {
    QueueArn: arn,
    CreatedTimestamp: String(Math.floor(createdAt / 1_000)),
    VisibilityTimeout: String(VISIBILITY_SECONDS),
    ApproximateNumberOfMessages: String(visible.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.filter(({ receiveCount }) => receiveCount > 0).length),
    ApproximateNumberOfMessagesDelayed: String(hidden.filter(({ receiveCount }) => receiveCount === 0).length),
  };
}

/** Shows how many messages a queue holds, and the like; attributes that aren't emulated are left out. */
export function getQueueAttributes(input: GetQueueAttributesRequest, queues: Queues, call: Call) {
  const { QueueUrl = '', AttributeNames: asked = [] } = input;
  const all = attributesOf(queueAt(queues, QueueUrl, call), call.now);
  const shown = Object.entries(all).filter(([name]) => asked.some((one) => one === 'All' || one === name));
  return (shown.length > 0 ? { Attributes: Object.fromEntries(shown) } : {}) satisfies GetQueueAttributesResult;
}
