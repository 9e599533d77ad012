import type { ResourcePolicyStatement } from '../../deployment.ts';
import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { functionWith } from './function-url.ts';

/** A statement of a function's own policy, as AddPermission writes it (Lambda API reference; developer guide, "Resource-based policies"). */
export const lambdaPermission: ResourceKind = {
  type: 'AWS::Lambda::Permission',
  reads: [
    'Action',
    'FunctionName',
    'Principal',
    'SourceArn',
    'SourceAccount',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
  ],
  load({ properties }, draft) {
    const { arn, resourcePolicy } = functionWith(
      properties.text('FunctionName'),
      `${properties.path}.FunctionName`,
      draft,
    );
    resourcePolicy.push({
      effect: 'Allow',
      actions: [properties.text('Action')],
      resources: [arn],
      principals: principalOf(properties.text('Principal'), draft.where.partition),
      ...conditionsOf(properties),
    });
  },
};

/** A service by its domain, an account by its number, anybody by `*`, a role or user by ARN. */
function principalOf(principal: string, partition: string): ResourcePolicyStatement['principals'] {
  if (/^\d{12}$/.test(principal)) return { AWS: [`arn:${partition}:iam::${principal}:root`] };
  return principal === '*' || principal.startsWith('arn:') ? { AWS: [principal] } : { Service: [principal] };
}

/** By property: the operator and the condition key that Lambda writes for it. */
const CONDITIONS = [
  ['SourceArn', 'ArnLike', 'AWS:SourceArn'],
  ['SourceAccount', 'StringEquals', 'AWS:SourceAccount'],
  ['FunctionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['InvokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
] as const;

function conditionsOf(properties: Properties): Pick<ResourcePolicyStatement, 'conditions'> {
  const conditions: Record<string, Record<string, string[]>> = {};
  for (const [property, operator, key] of CONDITIONS) {
    const value = properties.optionalText(property);
    if (value !== undefined) conditions[operator] = { ...conditions[operator], [key]: [value] };
  }
  return Object.keys(conditions).length > 0 ? { conditions } : {};
}
