import type { TagResourceResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import type { EksState } from './eks-state.ts';
import { checkTags } from './tag-rules.ts';
import { taggedResource } from './tags-of-resource.ts';

/** Adds tags to a cluster or an access entry; given keys are replaced. */
export function tagResource(input: { resourceArn: string; tags: Record<string, string> }, state: EksState, call: Call) {
  const resource = taggedResource(state, input.resourceArn, 'TagResource', call);
  checkTags(input.tags, 'BadRequestException');
  const tags = { ...resource.tags, ...input.tags };
  // AWS's own tags don't count (EKS API reference, TagMap).
  checkTags(Object.fromEntries(Object.entries(tags).filter(([key]) => !/^aws:/i.test(key))), 'BadRequestException');
  resource.replaceTags(tags);
  return {} satisfies TagResourceResponse;
}
