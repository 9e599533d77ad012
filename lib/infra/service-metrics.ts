import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { METRIC_NAMESPACE, type MetricName } from '../core/metric-names.ts';

/** The period that alarms and graphs are reckoned in, where nothing else is said. */
export const FIVE_MINUTES: Duration = Duration.minutes(5);

/** One of the service's own metrics: recorded without dimensions, one for the whole deployment. */
export function ourMetric(
  metricName: MetricName,
  statistic: string = Stats.SUM,
  period: Duration = FIVE_MINUTES,
): Metric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, statistic, period });
}

/**
 * Counts of executions. Named here as CloudWatch's documents name them ("AWS Step Functions" in its list of metrics, read in
 * November 2026): `ExecutionThrottled`, in the singular. CDK's `metricThrottled` says `ExecutionsThrottled`, which nobody records.
 */
export type ExecutionMetric =
  | 'ExecutionsStarted'
  | 'ExecutionsSucceeded'
  | 'ExecutionsFailed'
  | 'ExecutionsTimedOut'
  | 'ExecutionsAborted'
  | 'ExecutionThrottled'
  | 'ExecutionTime';

/** A metric of a state machine's executions. */
export function executionMetric(
  { stateMachineArn }: IStateMachine,
  metricName: ExecutionMetric,
  label: string,
  statistic: string = Stats.SUM,
): Metric {
  const dimensionsMap = { StateMachineArn: stateMachineArn };
  return new Metric({ namespace: 'AWS/States', metricName, dimensionsMap, label, statistic, period: FIVE_MINUTES });
}

/** A metric of a function. */
export function functionMetric(
  { functionName }: IFunction,
  metricName: 'Invocations' | 'Errors' | 'Throttles' | 'Duration',
  label: string,
): Metric {
  const dimensionsMap = { FunctionName: functionName };
  const common = { statistic: Stats.SUM, period: FIVE_MINUTES, label };
  return new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, ...common });
}

/**
 * The sum of some metrics. Not by `+`, which has no value where one of them has none, nor with `FILL`: an alarm would take the
 * zeros that stand for what has not arrived yet for real ones.
 */
export function sumOf(metrics: readonly IMetric[], label: string): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({ expression: 'SUM(METRICS())', usingMetrics, label, period: FIVE_MINUTES });
}
