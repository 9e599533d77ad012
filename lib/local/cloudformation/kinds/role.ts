import { identityPolicy, resourcePolicy } from '../policy-document.ts';
import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';

// IAM quotas: characters in a role's name.
const LONGEST = 64;

/**
 * A role. Managed policies are refused: their statements aren't in the template, so what they allow isn't known. So are
 * boundaries, which take away what policies allow.
 */
export const role: ResourceKind = {
  type: 'AWS::IAM::Role',
  reads: ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Policies'],
  keeps: ['Description', 'MaxSessionDuration', 'Tags'],
  identify({ where, nameFrom, text }) {
    const name = nameFrom('RoleName', LONGEST);
    const path = text('Path') ?? '/';
    return {
      name,
      ref: name,
      attributes: { Arn: `arn:${where.partition}:iam::${where.accountId}:role${path}${name}` },
    };
  },
  load({ identity: { name, attributes }, properties }, { roles }) {
    const arn = attributes?.['Arn'] ?? '';
    const trust = resourcePolicy(
      properties.raw('AssumeRolePolicyDocument'),
      `${properties.path}.AssumeRolePolicyDocument`,
    );
    const inline = properties.list('Policies', { reads: ['PolicyName', 'PolicyDocument'] });
    roles.set(arn, { name, arn, trust, statements: inline.flatMap(documentOf) });
  },
};

const documentOf = (policy: Properties) =>
  identityPolicy(policy.raw('PolicyDocument'), `${policy.path}.PolicyDocument`);
