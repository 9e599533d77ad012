import type { AlarmPlan } from './alarm-plan.ts';
import { type ExecutionMetric, executionMetric, sumOf } from './service-metrics.ts';
import type { Service } from './service.ts';

const MEANINGS: readonly (readonly [stem: string, metric: ExecutionMetric, meaning: string])[] = [
  [
    'ExecutionsFailed',
    'ExecutionsFailed',
    'An execution failed and goes on only when it is redriven. If it was rebind-entry, an access entry may be missing until then.',
  ],
  [
    'ExecutionsTimedOut',
    'ExecutionsTimedOut',
    'An execution ran longer than it may. If it was rebind-entry, an access entry may be missing.',
  ],
  [
    'ExecutionsAborted',
    'ExecutionsAborted',
    'Somebody stopped an execution. If it was rebind-entry, an access entry may be missing; an event that was being followed up is followed up no more.',
  ],
  [
    'ExecutionsThrottled',
    'ExecutionThrottled',
    'Step Functions holds back state transitions of this account: rebinds take longer.',
  ],
];

/** Alarms on executions that did not come to an end of their own: one a kind, each over all three state machines. */
export function executionAlarms({ stateMachines }: Service): AlarmPlan[] {
  return MEANINGS.map(([stem, metricName, meaning]) => ({
    stem,
    meaning,
    metric: sumOf(
      Object.entries(stateMachines).map(([label, machine]) => executionMetric(machine, metricName, label)),
      stem,
    ),
    threshold: 1,
  }));
}
