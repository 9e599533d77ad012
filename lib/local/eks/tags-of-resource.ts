import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { EksState } from './eks-state.ts';

type Tags = Readonly<Record<string, string>>;

/** A cluster's or access entry's tags, and how to replace them. */
export interface TaggedResource {
  readonly tags: Tags;
  replaceTags(tags: Tags): void;
}

/** The cluster or access entry that an ARN names. */
export function taggedResource(state: EksState, arn: string, operation: string, call: Call): TaggedResource {
  if (!/^arn:aws[a-z-]*:eks:[a-z0-9-]+:\d{12}:(cluster|access-entry)\/.+$/.test(arn)) {
    // No text is known for either refusal of this function.
    throw new AwsFault('BadRequestException', `The resource ARN ${arn} is not valid`);
  }
  const isCallers = ({ accountId, region }: { accountId: string; region: string }) =>
    accountId === call.caller.accountId && region === call.region;
  const cluster = state.clusters().find((one) => one.arn === arn && isCallers(one));
  if (cluster) return { tags: cluster.tags, replaceTags: (tags) => state.putCluster({ ...cluster, tags }) };
  const entry = state.entries().find((one) => one.arn === arn && isCallers(one.ref));
  if (entry) {
    return {
      tags: entry.tags,
      replaceTags: (tags) => state.putEntry({ ...entry, tags, modifiedAt: state.clock.now() }, operation, call),
    };
  }
  throw new AwsFault('NotFoundException', `No resource found for ARN: ${arn}`);
}
