import type { ResourceKind } from '../resource-kind.ts';
import { urlSuffixOf } from '../pseudo-parameters.ts';

// SQS API reference, CreateQueue.
const LONGEST = 80;

/** A standard queue. What ends up in it stays: nothing here lasts as long as the shortest retention, and nobody receives. */
export const queue: ResourceKind = {
  type: 'AWS::SQS::Queue',
  reads: ['QueueName'],
  keeps: ['MessageRetentionPeriod', 'VisibilityTimeout', 'KmsMasterKeyId', 'SqsManagedSseEnabled', 'Tags'],
  identify({ where, nameFrom, arn }) {
    const name = nameFrom('QueueName', LONGEST);
    // SQS developer guide, "Queue and message identifiers".
    const url = `https://sqs.${where.region}.${urlSuffixOf(where.partition)}/${where.accountId}/${name}`;
    return { name, ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  load: ({ identity: { name, ref = '' } }, { queues }) => void queues.set(ref, { name }),
};
