import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { AlarmPlan } from './alarm-plan.ts';
import { functionMetric, sumOf } from './service-metrics.ts';
import type { Service } from './service.ts';

/** The functions that no state machine calls and tries again. */
export const UNATTENDED: readonly string[] = ['AnswerApproval', 'SendHeartbeat', 'HearHeartbeat', 'CheckUninstall'];

/**
 * Where throttling is looked for: the first step of each state machine, the two sides of a swap, and what nobody retries. Lambda
 * throttles by a pool that all functions share, so that the others would tell the same, at 0.10 USD a month each.
 */
const LOOKOUTS = ['ReadEvent', 'InspectEntry', 'PlanSweep', 'SweepRegion', 'DeleteEntry', 'CreateEntry', ...UNATTENDED];

// "Alarms based on metric math expressions can reference a maximum of 10 metrics" (CloudWatch user guide, alarm-limits.md).
const MOST_METRICS = 10;

/** Alarms on functions that fail or are turned away. */
export function functionAlarms({ functions }: Service): AlarmPlan[] {
  const all = [...functions];
  const attended = all.filter(([name]) => !UNATTENDED.includes(name));
  const unattended = all.filter(([name]) => UNATTENDED.includes(name));
  const lookouts = all.filter(([name]) => LOOKOUTS.includes(name));
  return [
    ...groupsOf(MOST_METRICS, attended).map((group, index) => ({
      stem: 'FunctionErrors',
      number: index + 1,
      meaning: `Functions keep failing although their state machine tries again: ${namesOf(group)}.`,
      metric: totalOf('Errors', group),
      // One rebind that waits for EKS fails at most 11 times, in five and a half minutes (see Retry in rebind-entry.asl.json): that
      // never is five times in each of three periods. Where the retries are used up, the execution fails, and its alarm tells.
      threshold: 5,
      periods: 3,
    })),
    {
      stem: 'UnattendedFunctionErrors',
      meaning: `A function failed that no state machine tries again: one of ${namesOf(unattended)}.`,
      metric: totalOf('Errors', unattended),
      threshold: 1,
    },
    {
      stem: 'FunctionThrottles',
      meaning:
        'Lambda turned calls away: the functions of this account need more concurrency in this region than it has.',
      metric: totalOf('Throttles', lookouts),
      threshold: 1,
    },
  ];
}

type NamedFunction = readonly [name: string, lambda: IFunction];

const namesOf = (functions: readonly NamedFunction[]) => functions.map(([name]) => name).join(', ');

const totalOf = (metricName: 'Errors' | 'Throttles', functions: readonly NamedFunction[]) =>
  sumOf(
    functions.map(([name, lambda]) => functionMetric(lambda, metricName, name)),
    metricName,
  );

function groupsOf<T>(most: number, items: readonly T[]): T[][] {
  const groups = Math.ceil(items.length / most);
  return Array.from({ length: groups }, (_, index) => items.slice(index * most, (index + 1) * most));
}
