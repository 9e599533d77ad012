import { describe, expect, test } from 'vitest';
import { METRIC_NAMESPACE, METRICS } from '../../../lib/core/metric-names.ts';
import { sourceFiles, sourceOf } from '../../import-graph.ts';
import { operationsTemplate } from './service-world.ts';

/** Names of our own metrics in the alarms and on the dashboard. */
function usedMetrics(): Set<string> {
  const template = operationsTemplate();
  const text = JSON.stringify([
    template.findResources('AWS::CloudWatch::Alarm'),
    template.findResources('AWS::CloudWatch::Dashboard'),
  ]).replaceAll('\\', '');
  const onDashboard = text.matchAll(new RegExp(`\\["${METRIC_NAMESPACE}","(\\w+)"`, 'g'));
  const inAlarms = text.matchAll(new RegExp(`"MetricName":"(\\w+)","Namespace":"${METRIC_NAMESPACE}"`, 'g'));
  return new Set([...onDashboard, ...inAlarms].map(([, name = '']) => name));
}

describe('our own metrics', () => {
  test('are all shown or watched, and no others are', () => {
    expect([...usedMetrics()].toSorted()).toEqual(Object.keys(METRICS).toSorted());
  });

  test.each(Object.keys(METRICS))('%s is recorded by somebody', (name) => {
    const recording = sourceFiles('lib/core').filter(
      (file) => file !== 'lib/core/metric-names.ts' && new RegExp(`\\b${name}\\b`).test(sourceOf(file)),
    );
    expect(recording.filter((file) => /\bmetrics\b/.test(sourceOf(file)))).not.toEqual([]);
  });
});
