import type { UntagResourceResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { checkTags } from './tag-rules.ts';
import { taggedResource } from './tags-of-resource.ts';

/** Takes tags from a cluster or an access entry; keys it does not have are passed over. */
export function untagResource(input: { resourceArn: string; tagKeys: string[] }, state: EksState, call: Call) {
  const resource = taggedResource(state, input.resourceArn, 'UntagResource', call);
  checkTags(Object.fromEntries(input.tagKeys.map((key) => [key, ''])), 'BadRequestException');
  const kept = Object.entries(resource.tags).filter(([key]) => !input.tagKeys.includes(key));
  resource.replaceTags(Object.fromEntries(kept));
  return {} satisfies UntagResourceResponse;
}
