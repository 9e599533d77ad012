import { PublishCommand } from '@aws-sdk/client-sns';
import type { Notifications } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `notifications`. */
export const SNS_NOTIFICATIONS_ACTIONS = ['sns:Publish'] as const;

/** Publishes to the topic that people subscribed to. */
export function snsNotifications(clients: Clients, topicArn: string): Notifications {
  return {
    notify: ({ subject, message }) =>
      nameErrors('sns:Publish', async () => {
        await clients.sns().send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: message }));
      }),
  };
}
