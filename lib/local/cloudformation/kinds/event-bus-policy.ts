import { resourcePolicy } from '../policy-document.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A statement of the default bus's policy: who of other accounts may put events on it. */
export const eventBusPolicy: ResourceKind = {
  type: 'AWS::Events::EventBusPolicy',
  reads: ['EventBusName', 'Statement'],
  keeps: ['StatementId'],
  load({ properties }, { eventBusPolicy: policy }) {
    properties.oneOf('EventBusName', ['default']);
    const document = { Version: '2012-10-17', Statement: properties.raw('Statement') };
    policy.push(...resourcePolicy(document, properties.path));
  },
};
