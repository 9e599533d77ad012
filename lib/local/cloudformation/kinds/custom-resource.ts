import type { ResourceKind } from '../resource-kind.ts';
import { functionWith } from './function-url.ts';

/**
 * A function that is asked when a stack is made, changed or deleted. A local deployment is none of that, so nobody asks it here;
 * what it would answer (`Fn::GetAtt`) and what it would be told are refused. `Custom::…` is another way to write the type.
 */
export const customResource: ResourceKind = {
  type: 'AWS::CloudFormation::CustomResource',
  reads: ['ServiceToken'],
  keeps: ['ServiceTimeout'],
  load: ({ properties }, draft) =>
    void functionWith(properties.text('ServiceToken'), `${properties.path}.ServiceToken`, draft),
};
