import { METRIC_NAMESPACE, METRICS } from '../core/metric-names.ts';
import type { Metrics } from '../core/ports.ts';
import type { Runtime } from '../runtime.ts';

/** Writes metrics as log lines in the embedded metric format, which CloudWatch Logs makes metrics of (CloudWatch user guide, "Embedded metric format"). */
export function emfMetrics({ clock, write }: Pick<Runtime, 'clock' | 'write'>): Metrics {
  return {
    record(values) {
      const present = Object.entries(METRICS).filter(([name]) => name in values);
      if (present.length === 0) return;
      const declared = present.map(([Name, Unit]) => ({ Name, Unit }));
      const directive = { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: declared };
      write(JSON.stringify({ _aws: { Timestamp: clock.now(), CloudWatchMetrics: [directive] }, ...values }));
    },
  };
}
