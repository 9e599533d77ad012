import { resourcePolicy } from '../policy-document.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { givePolicy } from './give-policy.ts';

/** The policy of topics. */
export const topicPolicy: ResourceKind = {
  type: 'AWS::SNS::TopicPolicy',
  reads: ['Topics', 'PolicyDocument'],
  load({ properties }, { topics }) {
    const policy = resourcePolicy(properties.raw('PolicyDocument'), `${properties.path}.PolicyDocument`);
    givePolicy(policy, properties.texts('Topics'), topics, `${properties.path}.Topics`);
  },
};
