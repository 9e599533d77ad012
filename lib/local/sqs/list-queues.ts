import type { ListQueuesRequest, ListQueuesResult } from '@aws-sdk/client-sqs';
import type { Call } from '../call.ts';
import type { Queues } from './queue-state.ts';

/** Lists the caller's queues in the region; the local AWS has too few for a second page. */
export function listQueues({ QueueNamePrefix = '' }: ListQueuesRequest, queues: Queues, { caller, region }: Call) {
  const own = `arn:${caller.partition}:sqs:${region}:${caller.accountId}:${QueueNamePrefix}`;
  const urls = [...queues.values()].filter(({ arn }) => arn.startsWith(own)).map(({ url }) => url);
  return (urls.length > 0 ? { QueueUrls: urls.toSorted() } : {}) satisfies ListQueuesResult;
}
