import type { GetQueueUrlRequest, GetQueueUrlResult } from '@aws-sdk/client-sqs';
import type { Clock, Random } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import type { Deployment } from '../deployment.ts';
import { randomUuid } from '../seeded-random.ts';
import { deleteMessage } from './delete-message.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { listQueues } from './list-queues.ts';
import { type MessageAttribute, type QueuedMessage, queueNamed, type Queues, queueUrl } from './queue-state.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';

/** The local SQS: standard queues, whose messages stay until they are deleted. */
export interface LocalSqs {
  readonly service: LocalService;
  /** The messages of a queue, received ones too, oldest first; none where there is no such queue. */
  messagesIn(queueArn: string): readonly QueuedMessage[];
  /** Puts a message into a queue as a service does; false where there is no such queue. */
  deliver(queueArn: string, body: string, attributes: Readonly<Record<string, string>>): boolean;
  /** Makes a deployment's queues. */
  deploy(deployment: Deployment): void;
}

const asAttribute = (StringValue: string): MessageAttribute => ({ DataType: 'String', StringValue });

/** A local SQS without queues. */
export function createSqs({ clock, random }: { readonly clock: Clock; readonly random: Random }): LocalSqs {
  const queues: Queues = new Map();
  return {
    service: {
      signingName: 'sqs',
      operations: {
        DeleteMessage: (input, call) => deleteMessage(input, queues, call),
        GetQueueAttributes: (input, call) => getQueueAttributes(input, queues, call),
        GetQueueUrl: ({ QueueName = '', QueueOwnerAWSAccountId: owner }: GetQueueUrlRequest, call) =>
          ({ QueueUrl: queueNamed(queues, QueueName, owner, call).url }) satisfies GetQueueUrlResult,
        ListQueues: (input, call) => listQueues(input, queues, call),
        ReceiveMessage: (input, call) => receiveMessage(input, { queues, clock, random }, call),
        SendMessage: (input, call) => sendMessage(input, queues, random, call),
      },
    },
    messagesIn: (queueArn) => queues.get(queueArn)?.messages ?? [],
    deliver(queueArn, body, texts) {
      const queue = queues.get(queueArn);
      const attributes = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, asAttribute(text)]));
      const now = clock.now();
      const message = { id: randomUuid(random), body, attributes, sentAt: now, visibleFrom: now, receiveCount: 0 };
      queue?.messages.push(message);
      return queue !== undefined;
    },
    deploy({ partition, accountId, region, queues: given = {} }) {
      for (const name of Object.keys(given)) {
        const arn = `arn:${partition}:sqs:${region}:${accountId}:${name}`;
        const url = queueUrl(partition, region, accountId, name);
        if (!queues.has(arn)) queues.set(arn, { name, arn, url, createdAt: clock.now(), messages: [] });
      }
    },
  };
}
