import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  PeriodOverride,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MetricName } from '../core/metric-names.ts';
import { executionMetric, functionMetric, ourMetric, sumOf } from './service-metrics.ts';
import type { Service } from './service.ts';

const WIDTH = 24;
const HALF = WIDTH / 2;
const THIRD = WIDTH / 3;

/** The dashboard. From top to bottom: is it alive, is anything broken now, what did it do, how fast, what did it cost. */
export function addDashboard(scope: Construct, service: Service, alarms: readonly Alarm[]): Dashboard {
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: `${service.namePrefix}operations`,
    defaultInterval: Duration.days(1),
    // Otherwise CloudWatch chooses periods of its own by the width of the time shown, and sums mean something else each time.
    periodOverride: PeriodOverride.INHERIT,
    widgets: [alive(service, alarms), broken(service, alarms), done(service), speed(service), cost(service)].flat(),
  });
}

function alive({ stateMachines }: Service, alarms: readonly Alarm[]): IWidget[][] {
  const heartbeat = alarms.filter(({ node }) => node.id.startsWith('NoHeartbeat'));
  return [
    [
      heading(
        'Is it alive?',
        'A heartbeat is sent every 15 minutes and has to come back as an event. If not: `NoHeartbeat`.',
      ),
    ],
    [
      new AlarmStatusWidget({ title: 'Heartbeat', alarms: heartbeat, width: THIRD, height: 5 }),
      graph('Heartbeats heard', [ours('HeartbeatsHeard', Stats.SUM, 15)], THIRD),
      graph(
        'Executions started',
        Object.entries(stateMachines).map(([name, machine]) => executionMetric(machine, 'ExecutionsStarted', name)),
        THIRD,
      ),
    ],
  ];
}

function broken({ stateMachines, deadLetters }: Service, alarms: readonly Alarm[]): IWidget[][] {
  const machines = Object.entries(stateMachines);
  const failed = (['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'] as const).flatMap((metricName) =>
    machines.map(([name, machine]) => executionMetric(machine, metricName, `${name} ${metricName}`)),
  );
  return [
    [heading('Is anything broken now?', "Each alarm's description names its entry.")],
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDTH, height: 4 })],
    [
      graph(
        'Access that does not work',
        [ours('AccessEntryValidationErrors'), ours('OpenJournals', Stats.MAXIMUM)],
        THIRD,
      ),
      graph('Executions that did not end well', failed, THIRD),
      graph(
        'Dead letters',
        [deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM })],
        THIRD,
      ),
    ],
  ];
}

function done({ stateMachines }: Service): IWidget[][] {
  const ends = (['Rebound', 'Refused', 'Waiting', 'Orphaned'] as const).map((name) => ours(name, Stats.SUM, 60));
  return [
    [
      heading(
        'What did it do?',
        'Every end has a name; the events on the default bus (source `eks-rebind`) tell each with its reasons.',
      ),
    ],
    [
      new SingleValueWidget({
        title: 'In the time shown',
        metrics: ends,
        setPeriodToTimeRange: true,
        width: HALF,
        height: 6,
      }),
      graph('By the hour', ends, HALF),
    ],
    [
      graph(
        'Seconds that the oldest question has waited, as a sweep saw it',
        [ours('SecondsWaiting', Stats.MAXIMUM)],
        HALF,
      ),
      graph(
        'Executions that succeeded',
        Object.entries(stateMachines).map(([name, machine]) => executionMetric(machine, 'ExecutionsSucceeded', name)),
        HALF,
      ),
    ],
  ];
}

function speed({ stateMachines }: Service): IWidget[][] {
  const times = Object.entries(stateMachines).map(([name, machine]) =>
    executionMetric(machine, 'ExecutionTime', name, Stats.MAXIMUM),
  );
  return [
    [heading('How fast?', 'A rebind waits until IAM has settled: two minutes, unless you set it otherwise.')],
    [
      graph(
        'Seconds from recreation to rebound',
        [ours('SecondsToRebound', Stats.p(50)), ours('SecondsToRebound', Stats.MAXIMUM)],
        THIRD,
      ),
      graph('Seconds without access while swapping', [ours('SecondsWithoutAccess', Stats.MAXIMUM)], THIRD),
      graph('Longest execution (ms)', times, THIRD),
    ],
  ];
}

function cost({ stateMachines, functions }: Service): IWidget[][] {
  const named = [...functions];
  const total = (metricName: 'Invocations' | 'Duration', label: string) =>
    sumOf(
      named.map(([name, lambda]) => functionMetric(lambda, metricName, name)),
      label,
    );
  return [
    [heading('What did it cost?', 'What AWS counts; for prices see docs/cost.md.')],
    [
      graph('Invocations of functions', [total('Invocations', 'Invocations')], THIRD),
      graph('Time in functions (ms)', [total('Duration', 'Duration')], THIRD),
      graph(
        'Executions, each of some transitions',
        Object.entries(stateMachines).map(([name, machine]) => executionMetric(machine, 'ExecutionsStarted', name)),
        THIRD,
      ),
    ],
  ];
}

const heading = (question: string, answer: string) =>
  new TextWidget({ markdown: `## ${question}\n${answer} Runbook: \`docs/runbook.md\`.`, width: WIDTH, height: 2 });

const graph = (title: string, left: IMetric[], width: number) => new GraphWidget({ title, left, width, height: 6 });

const ours = (name: MetricName, statistic: string = Stats.SUM, minutes = 5) =>
  ourMetric(name, statistic, Duration.minutes(minutes));
