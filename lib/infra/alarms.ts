import type { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { accessAlarms } from './access-alarms.ts';
import type { AlarmPlan } from './alarm-plan.ts';
import { deliveryAlarms } from './delivery-alarms.ts';
import { executionAlarms } from './execution-alarms.ts';
import { functionAlarms } from './function-alarms.ts';
import type { Service } from './service.ts';

/** What alarms need to know beside the service. */
export interface AlarmSettings {
  /** How long a question waits for an answer. */
  readonly approvalTimeout: Duration;
  /** What alarms do when they go off. */
  readonly actions: readonly IAlarmAction[];
}

/**
 * Every alarm of the service, the gravest first. What they cost is counted by the metric, not by the alarm (CloudWatch pricing): 52
 * with every function deployed, as test/lib/infra/alarms.test.ts counts them.
 */
export function addAlarms(scope: Construct, service: Service, settings: AlarmSettings): Alarm[] {
  const plans = [
    ...deliveryAlarms(service),
    ...executionAlarms(service),
    ...accessAlarms(service, settings.approvalTimeout),
    ...functionAlarms(service),
  ];
  return plans.map((plan) => addAlarm(scope, service, plan, settings.actions));
}

/** Makes an alarm as it is planned. */
export function addAlarm(
  scope: Construct,
  { namePrefix }: Pick<Service, 'namePrefix'>,
  plan: AlarmPlan,
  actions: readonly IAlarmAction[],
): Alarm {
  const { stem, meaning, metric, threshold, number = '' } = plan;
  const alarm = new Alarm(scope, `${stem}${number}Alarm`, {
    alarmName: `${namePrefix}${stem}${number}`,
    alarmDescription: `${meaning} Runbook: docs/runbook.md#${stem.toLowerCase()}`,
    metric,
    threshold,
    comparisonOperator: plan.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: plan.periods ?? 1,
    treatMissingData: plan.missing ?? TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(...actions);
  return alarm;
}
