import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import type { Clock, Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { attributesDigest, bodyDigest } from './digests.ts';
import { queueAt, type QueuedMessage, type Queues } from './queue-state.ts';

/** A queue's own setting, unless it is told otherwise (SQS API reference, SetQueueAttributes). */
export const VISIBILITY_SECONDS = 30;

/** Takes messages that nobody else has at the moment; until they are deleted they come back later. */
export async function receiveMessage(
  input: ReceiveMessageRequest,
  { queues, clock, random }: { readonly queues: Queues; readonly clock: Clock; readonly random: Random },
  call: Call,
) {
  const { MaxNumberOfMessages: most = 1, VisibilityTimeout = VISIBILITY_SECONDS, WaitTimeSeconds = 0 } = input;
  if (most < 1 || most > 10) {
    const text = `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`;
    throw new AwsFault('InvalidParameterValue', text);
  }
  const queue = queueAt(queues, input.QueueUrl ?? '', call);
  const visible = () => queue.messages.filter(({ visibleFrom }) => visibleFrom <= clock.now()).slice(0, most);
  // A long poll would end with the first message; here it looks again at its end.
  if (visible().length === 0 && WaitTimeSeconds > 0) await clock.idle(() => clock.pause(WaitTimeSeconds * 1_000));
  const taken = visible();
  const now = clock.now();
  for (const message of taken) {
    message.visibleFrom = now + VisibilityTimeout * 1_000;
    message.firstReceivedAt ??= now;
    message.receiveCount += 1;
    message.receiptHandle = randomUuid(random);
  }
  // SQS leaves the member out where there is nothing.
  return (taken.length > 0 ? { Messages: taken.map((one) => shown(one, input)) } : {}) satisfies ReceiveMessageResult;
}

function shown(message: QueuedMessage, input: ReceiveMessageRequest): Message {
  const { MessageAttributeNames: asked = [], AttributeNames = [], MessageSystemAttributeNames = [] } = input;
  const isAsked = (name: string) =>
    asked.some((one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))));
  const attributes = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => isAsked(name)));
  const system = systemAttributes(message, [...AttributeNames, ...MessageSystemAttributeNames]);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: bodyDigest(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: attributesDigest(attributes),
    }),
  };
}

function systemAttributes(message: QueuedMessage, asked: readonly string[]): Record<string, string> {
  const all = {
    ...(message.senderId !== undefined && { SenderId: message.senderId }),
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name)));
}
