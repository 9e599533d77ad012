import type { ResourceKind } from '../resource-kind.ts';

/** What CDK tells AWS of the constructs that were used. */
export const cdkMetadata: ResourceKind = { type: 'AWS::CDK::Metadata', reads: [], keeps: ['Analytics'] };
