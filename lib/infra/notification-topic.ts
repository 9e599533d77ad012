import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Where people are asked and told. No key of KMS: AWS's own for SNS lets neither alarms nor EventBridge publish, and one of ours costs. */
export function notificationTopic(scope: Construct, namePrefix: string): Topic {
  return new Topic(scope, 'Notifications', {
    topicName: `${namePrefix}notifications`,
    displayName: 'eks-rebind',
    enforceSSL: true,
  });
}
