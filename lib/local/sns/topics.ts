import type { CreateTopicInput, CreateTopicResponse, DeleteTopicInput, ListTopicsResponse } from '@aws-sdk/client-sns';
import { AwsFault, type Call } from '../call.ts';

/** The topics that there are, by ARN. */
export type Topics = Set<string>;

/** Makes a topic; making it again answers the same one (SNS API reference, CreateTopic). */
export function createTopic({ Name = '' }: Pick<CreateTopicInput, 'Name'>, topics: Topics, { caller, region }: Call) {
  // SNS API reference, CreateTopic: letters, digits, underscores and hyphens, up to 256.
  if (!/^[\w-]{1,256}$/.test(Name)) throw new AwsFault('InvalidParameterException', 'Invalid parameter: Topic Name');
  const TopicArn = `arn:${caller.partition}:sns:${region}:${caller.accountId}:${Name}`;
  topics.add(TopicArn);
  return { TopicArn } satisfies CreateTopicResponse;
}

/** Deletes a topic; one that is gone already is no fault (SNS API reference, DeleteTopic). */
export function deleteTopic({ TopicArn = '' }: Pick<DeleteTopicInput, 'TopicArn'>, topics: Topics) {
  topics.delete(TopicArn);
  return {};
}

/** Lists the caller's topics in the region; the local AWS has too few for a second page. */
export function listTopics(topics: Topics, { caller, region }: Call) {
  const own = `arn:${caller.partition}:sns:${region}:${caller.accountId}:`;
  const found = [...topics].filter((arn) => arn.startsWith(own)).toSorted();
  return { Topics: found.map((TopicArn) => ({ TopicArn })) } satisfies ListTopicsResponse;
}
