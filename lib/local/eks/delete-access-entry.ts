import type { DeleteAccessEntryResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { entryNamed } from './entry-named.ts';
import { changeablePrincipal } from './principal-arn.ts';

/** Deletes an entry and its policy associations, whichever entry of that principal it is: there is no precondition to give. */
export function deleteAccessEntry(input: { clusterName: string; principalArn: string }, state: EksState, call: Call) {
  changeablePrincipal(input.principalArn);
  const entry = entryNamed(state, input.clusterName, input.principalArn, call);
  state.removeEntry(entry, 'DeleteAccessEntry', call);
  return {} satisfies DeleteAccessEntryResponse;
}
