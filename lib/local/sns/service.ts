import type { Random } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import type { Deployment } from '../deployment.ts';
import { publish, type PublishedMessage } from './publish.ts';
import { createTopic, deleteTopic, listTopics, type Topics } from './topics.ts';

/** The local SNS: topics without subscribers, whose messages can be read. */
export interface LocalSns {
  readonly service: LocalService;
  /** Publishes as a service does; false where there is no such topic. */
  deliver(topicArn: string, message: string, at: number): boolean;
  /** Everything that was published, oldest first. */
  readonly messages: readonly PublishedMessage[];
  /** Makes a deployment's topics. */
  deploy(deployment: Deployment): void;
}

/** A local SNS without topics. */
export function createSns({ random }: { random: Random }): LocalSns {
  const topics: Topics = new Set();
  const messages: PublishedMessage[] = [];
  return {
    service: {
      signingName: 'sns',
      operations: {
        CreateTopic: (input, call) => createTopic(input, topics, call),
        DeleteTopic: (input, _call) => deleteTopic(input, topics),
        ListTopics: (_input, call) => listTopics(topics, call),
        Publish: (input, call) => publish(input, { topics, messages, random }, call),
      },
    },
    messages,
    deliver(topicArn, message, at) {
      if (topics.has(topicArn)) messages.push({ topicArn, message, at });
      return topics.has(topicArn);
    },
    deploy({ partition, accountId, region, topics: named = {} }) {
      for (const name of Object.keys(named)) topics.add(`arn:${partition}:sns:${region}:${accountId}:${name}`);
    },
  };
}
