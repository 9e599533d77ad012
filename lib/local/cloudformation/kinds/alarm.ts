import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// CloudWatch API reference, PutMetricAlarm.
const LONGEST = 255;

/** An alarm. Nothing measures and nothing rings here: what it looks at is checked to be named, no more. */
export const alarm: ResourceKind = {
  type: 'AWS::CloudWatch::Alarm',
  reads: ['AlarmName', 'Namespace', 'MetricName', 'Metrics'],
  keeps: [
    'ActionsEnabled',
    'AlarmActions',
    'AlarmDescription',
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationPeriods',
    'ExtendedStatistic',
    'InsufficientDataActions',
    'OKActions',
    'Period',
    'Statistic',
    'Tags',
    'Threshold',
    'ThresholdMetricId',
    'TreatMissingData',
    'Unit',
  ],
  identify({ nameFrom, arn }) {
    const name = nameFrom('AlarmName', LONGEST);
    return { name, ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
  },
  load({ properties }) {
    if (!properties.has('Metrics')) return namesMetric(properties);
    for (const query of properties.list('Metrics', QUERY)) checkQuery(query);
  },
};

const QUERY = {
  reads: ['MetricStat', 'Expression'],
  keeps: ['Id', 'Label', 'Period', 'ReturnData', 'AccountId'],
};

/** One of the metrics of an alarm on several: of CloudWatch's, or reckoned from others. */
function checkQuery(query: Properties): void {
  const statistic = query.members('MetricStat', { reads: ['Metric'], keeps: ['Period', 'Stat', 'Unit'] });
  const metric = statistic?.members('Metric', { reads: ['Namespace', 'MetricName'], keeps: ['Dimensions'] });
  if (metric) namesMetric(metric);
  else if (!query.has('Expression')) refuse(query.path, 'expected a Metric or an Expression');
}

function namesMetric(metric: Properties): void {
  metric.text('Namespace');
  metric.text('MetricName');
}
