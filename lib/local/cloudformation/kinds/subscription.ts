import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// People and machines outside: nobody there gets anything from a local run.
const OUTSIDE = ['email', 'email-json', 'sms', 'http', 'https'] as const;

/** A subscription of somebody outside of AWS. Functions and queues that subscribe are refused: nothing would reach them. */
export const subscription: ResourceKind = {
  type: 'AWS::SNS::Subscription',
  reads: ['TopicArn', 'Protocol', 'Endpoint'],
  load({ properties }, { topics }) {
    properties.text('Endpoint');
    properties.oneOf('Protocol', OUTSIDE);
    const topicArn = properties.text('TopicArn');
    if (!topics.has(topicArn))
      refuse(`${properties.path}.TopicArn`, `no topic of the template has the ARN ${topicArn}`);
  },
};
