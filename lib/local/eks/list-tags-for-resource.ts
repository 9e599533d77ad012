import type { ListTagsForResourceResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { taggedResource } from './tags-of-resource.ts';

/** Lists the tags of a cluster or an access entry. */
export function listTagsForResource(input: { resourceArn: string }, state: EksState, call: Call) {
  const { tags } = taggedResource(state, input.resourceArn, 'ListTagsForResource', call);
  return { tags: { ...tags } } satisfies ListTagsForResourceResponse;
}
