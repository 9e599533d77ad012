import { METRIC_NAMESPACE, METRICS } from '../core/metric-names.ts';
import type { Metrics } from '../core/ports.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Writes metrics as log lines in the embedded metric format, which CloudWatch Logs makes metrics of (CloudWatch user guide,
 * "Specification: Embedded metric format"). Each tells what it is about like any other line: its format lets a document have
 * further members, and only what `Metrics` and `Dimensions` name becomes a metric.
 */
export function emfMetrics({ clock, write, about }: Pick<Runtime, 'clock' | 'write' | 'about'>): Metrics {
  return {
    record(values) {
      const present = Object.entries(METRICS).filter(([name]) => name in values);
      if (present.length === 0) return;
      const declared = present.map(([Name, Unit]) => ({ Name, Unit }));
      const directive = { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: declared };
      const metadata = { Timestamp: clock.now(), CloudWatchMetrics: [directive] };
      write(JSON.stringify({ ...about?.(), ...values, _aws: metadata }));
    },
  };
}
