import type { ResourceKind } from '../resource-kind.ts';

// SNS API reference, CreateTopic.
const LONGEST = 256;

/** A topic. */
export const topic: ResourceKind = {
  type: 'AWS::SNS::Topic',
  reads: ['TopicName'],
  keeps: ['DisplayName', 'KmsMasterKeyId', 'TracingConfig', 'Tags'],
  identify({ nameFrom, arn }) {
    const name = nameFrom('TopicName', LONGEST);
    const topicArn = arn('sns', name);
    return { name, ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  load: ({ identity: { name, ref = '' } }, { topics }) => void topics.set(ref, { name }),
};
