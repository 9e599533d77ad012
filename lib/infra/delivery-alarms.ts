import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmPlan } from './alarm-plan.ts';
import { HEARTBEAT_RATE } from './heartbeat.ts';
import { FIVE_MINUTES, ourMetric } from './service-metrics.ts';
import type { Service } from './service.ts';

/** Alarms on news that did not arrive: events that nobody could take, and the heartbeat that stopped. */
export function deliveryAlarms({ deadLetters }: Service): AlarmPlan[] {
  return [
    deadLettersAlarm(
      deadLetters,
      'Events of IAM could not be handed to role-changed. Nobody looks at those principals until they are sent again.',
    ),
    {
      stem: 'NoHeartbeat',
      meaning:
        'For an hour no event of IAM has come through: four heartbeats were sent and none was heard. Recreated roles go unnoticed ' +
        'until the next sweep. Also so for some minutes after the first deployment.',
      metric: ourMetric('HeartbeatsHeard', Stats.SUM, HEARTBEAT_RATE),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      // AWS names no figure for how long an event takes, and promises best effort only (EventBridge reference, events from IAM): a
      // late one leaves one period empty and fills the next.
      periods: 4,
      missing: TreatMissingData.BREACHING,
    },
  ];
}

/** An alarm on whatever lies in a dead-letter queue. */
export const deadLettersAlarm = (deadLetters: Queue, meaning: string): AlarmPlan => ({
  stem: 'DeadLetters',
  meaning,
  metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
  threshold: 1,
  // SQS records for six hours after a queue was last used (SQS developer guide, "Available CloudWatch metrics"): what lies in
  // it then still lies there.
  missing: TreatMissingData.IGNORE,
});
