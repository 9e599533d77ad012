import type { MessageAttributeValue, SendMessageRequest, SendMessageResult } from '@aws-sdk/client-sqs';
import type { Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { attributesDigest, bodyDigest } from './digests.ts';
import { type MessageAttribute, queueAt, type Queues } from './queue-state.ts';

// SQS quotas: a message with its attributes, 1 MiB since August 2025.
const MOST_BYTES = 1_048_576;

/** Puts a message into a queue. */
export function sendMessage(input: SendMessageRequest, queues: Queues, random: Random, call: Call) {
  const { QueueUrl = '', MessageBody = '', DelaySeconds = 0, MessageAttributes = {} } = input;
  for (const member of ['MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes'] as const) {
    if (input[member]) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${member} of SendMessage`);
  }
  const queue = queueAt(queues, QueueUrl, call);
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, value]) => [name, attributeOf(name, value)]),
  );
  const texts = Object.entries(attributes).flatMap(([name, one]) => [name, one.DataType, one.StringValue]);
  if ([MessageBody, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0) > MOST_BYTES) {
    const text = `One or more parameters are invalid. Reason: Message must be shorter than ${MOST_BYTES} bytes.`;
    throw new AwsFault('InvalidParameterValue', text);
  }
  const id = randomUuid(random);
  queue.messages.push({
    id,
    body: MessageBody,
    attributes,
    senderId: call.caller.principalId,
    sentAt: call.now,
    visibleFrom: call.now + DelaySeconds * 1_000,
    receiveCount: 0,
  });
  return {
    MessageId: id,
    MD5OfMessageBody: bodyDigest(MessageBody),
    ...(texts.length > 0 && { MD5OfMessageAttributes: attributesDigest(attributes) }),
  } satisfies SendMessageResult;
}

function attributeOf(name: string, { DataType = '', StringValue }: MessageAttributeValue): MessageAttribute {
  if (!/^(String|Number)(\..+)?$/.test(DataType) || StringValue === undefined) {
    throw new AwsFault('NotEmulated', `the local AWS does not emulate '${DataType}' of message attribute '${name}'`);
  }
  return { DataType, StringValue };
}
