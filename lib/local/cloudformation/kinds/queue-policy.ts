import { resourcePolicy } from '../policy-document.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { givePolicy } from './give-policy.ts';

/** The policy of queues. */
export const queuePolicy: ResourceKind = {
  type: 'AWS::SQS::QueuePolicy',
  reads: ['Queues', 'PolicyDocument'],
  load({ properties }, { queues }) {
    const policy = resourcePolicy(properties.raw('PolicyDocument'), `${properties.path}.PolicyDocument`);
    givePolicy(policy, properties.texts('Queues'), queues, `${properties.path}.Queues`);
  },
};
