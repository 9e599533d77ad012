import { identityPolicy } from '../policy-document.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

/** An inline policy of roles of the template. Users and groups with policies are refused. */
export const rolePolicy: ResourceKind = {
  type: 'AWS::IAM::Policy',
  reads: ['PolicyName', 'PolicyDocument', 'Roles'],
  load({ properties }, { roles }) {
    const statements = identityPolicy(properties.raw('PolicyDocument'), `${properties.path}.PolicyDocument`);
    const names = properties.texts('Roles');
    if (names.length === 0) refuse(`${properties.path}.Roles`, 'expected roles that have the policy');
    for (const name of names) {
      const holder = [...roles.values()].find((each) => each.name === name);
      const known = holder ?? refuse(`${properties.path}.Roles`, `no role of the template is called ${name}`);
      known.statements.push(...statements);
    }
  },
};
