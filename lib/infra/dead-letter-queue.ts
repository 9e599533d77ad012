import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledgeDeadLetters } from './nag-acknowledgements.ts';

/** Where events land that could not be delivered: for two weeks, SQS's most, so that a person can find out why and send them again. */
export function deadLetterQueue(scope: Construct, namePrefix: string): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    queueName: `${namePrefix}dead-letters`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledgeDeadLetters(queue);
  return queue;
}
