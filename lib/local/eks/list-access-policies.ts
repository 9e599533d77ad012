import type { ListAccessPoliciesResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { accessPolicies } from './access-policies.ts';
import { pageOf, type PageRequest } from './pages.ts';

/** Lists the access policies that EKS offers. */
export function listAccessPolicies(input: PageRequest, call: Call) {
  const { items, ...next } = pageOf(accessPolicies(call.caller.partition), ({ name }) => name, input);
  return { accessPolicies: [...items], ...next } satisfies ListAccessPoliciesResponse;
}
