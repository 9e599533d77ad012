import type { DescribeAccessEntryResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { entryAnswer } from './access-entry.ts';
import type { EksState } from './eks-state.ts';
import { entryNamed } from './entry-named.ts';
import { principalOf } from './principal-arn.ts';

/** Shows an entry; what it is bound to is not shown. */
export function describeAccessEntry(input: { clusterName: string; principalArn: string }, state: EksState, call: Call) {
  principalOf(input.principalArn);
  const entry = entryNamed(state, input.clusterName, input.principalArn, call);
  return { accessEntry: entryAnswer(entry) } satisfies DescribeAccessEntryResponse;
}
