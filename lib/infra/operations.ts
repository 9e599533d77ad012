import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import { addFailureNotifications } from './failure-notifications.ts';
import { addHeartbeat } from './heartbeat.ts';
import { addOutputs } from './outputs.ts';
import type { Service } from './service.ts';

/** How the service is watched. */
export interface OperationsProps {
  readonly approvalTimeout: Duration;
  /** @default they tell the notification topic */
  readonly alarmActions?: readonly IAlarmAction[] | undefined;
  readonly answerUrl?: string | undefined;
}

/** All that lets a person see how the service fares: heartbeat, alarms, failures told, a dashboard, and where to find it. */
export function addOperations(scope: Construct, service: Service, props: OperationsProps): void {
  addHeartbeat(scope, service);
  addFailureNotifications(scope, service);
  const { approvalTimeout, alarmActions } = props;
  if (!alarmActions) letAlarmsPublish(scope, service);
  const actions = alarmActions ?? [new SnsAction(service.notifications)];
  const alarms = addAlarms(scope, service, { approvalTimeout, actions });
  addOutputs(scope, service, { dashboard: addDashboard(scope, service, alarms), answerUrl: props.answerUrl });
}

/**
 * Lets CloudWatch publish, for alarms of ours alone. A topic that was handed in from elsewhere has its policy where it was made:
 * there this changes nothing. A topic encrypted with AWS's own key (`alias/aws/sns`) takes nothing from alarms, since that key's
 * policy lets CloudWatch not use it (AWS re:Post, "How do I configure a CloudWatch alarm with an encrypted SNS topic"): ours has none.
 */
function letAlarmsPublish(scope: Construct, { notifications, namePrefix }: Service): void {
  const stack = Stack.of(scope);
  const alarms = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${namePrefix}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  notifications.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsTell',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [notifications.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': alarms }, StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
}
