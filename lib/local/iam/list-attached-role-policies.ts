import type { ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { pageOf, type PageInput } from './entity-pages.ts';
import type { IamState } from './iam-state.ts';
import { seen } from './named-entity.ts';

/** One page of a role's managed policies. */
export function listAttachedRolePolicies(
  input: PageInput & { RoleName: string },
  state: IamState,
  random: Random,
  call: Call,
) {
  const { attachedPolicies = [] } = seen('role', input.RoleName, state, call);
  const { items, ...page } = pageOf(attachedPolicies, (arn) => arn, input, random);
  const policies = items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
  return { AttachedPolicies: policies, ...page } satisfies ListAttachedRolePoliciesResponse;
}
