import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { UNATTENDED } from '../../../lib/infra/function-alarms.ts';
import { allStates, stateMachines } from '../../statemachines/asl.ts';
import { operationsTemplate, STEP_NAMES } from './service-world.ts';

interface Stat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
  readonly Period: number;
}

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly AlarmActions: readonly unknown[];
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Metrics?: readonly { readonly Expression?: string; readonly MetricStat?: Stat }[];
}

function alarmsOf(...given: Parameters<typeof operationsTemplate>): Record<string, AlarmProperties> {
  const found = operationsTemplate(...given).findResources('AWS::CloudWatch::Alarm');
  const properties = Object.values(found).map((alarm): AlarmProperties => alarm['Properties']);
  return Object.fromEntries(properties.map((alarm) => [alarm.AlarmName.replace('eks-rebind-', ''), alarm]));
}

/** Its metrics, by the names CloudWatch has for them. */
function metricsOf({ Metrics, Namespace, MetricName }: AlarmProperties): string[] {
  if (!Metrics) return [`${Namespace} ${MetricName}`];
  return Metrics.flatMap(({ MetricStat }) =>
    MetricStat ? [`${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName}`] : [],
  );
}

const signs: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
};

const asLine = (alarm: AlarmProperties) =>
  [
    [...new Set(metricsOf(alarm))].join(' + '),
    signs[alarm.ComparisonOperator],
    alarm.Threshold,
    `${alarm.EvaluationPeriods}x${alarm.Period ?? 300}s`,
    alarm.TreatMissingData,
  ].join(' ');

test('there is an alarm for each thing that may go wrong, with its threshold and what silence means', () => {
  expect(Object.entries(alarmsOf()).map(([name, alarm]) => `${name}: ${asLine(alarm)}`)).toEqual([
    'DeadLetters: AWS/SQS ApproximateNumberOfMessagesVisible >= 1 1x300s ignore',
    'NoHeartbeat: EksRebind HeartbeatsHeard < 1 4x900s breaching',
    'ExecutionsFailed: AWS/States ExecutionsFailed >= 1 1x300s notBreaching',
    'ExecutionsTimedOut: AWS/States ExecutionsTimedOut >= 1 1x300s notBreaching',
    'ExecutionsAborted: AWS/States ExecutionsAborted >= 1 1x300s notBreaching',
    'ExecutionsThrottled: AWS/States ExecutionThrottled >= 1 1x300s notBreaching',
    'AccessEntryValidationErrors: EksRebind AccessEntryValidationErrors >= 1 1x300s notBreaching',
    'OpenJournals: EksRebind OpenJournals >= 1 1x3600s ignore',
    'SecondsWithoutAccess: EksRebind SecondsWithoutAccess > 60 1x300s notBreaching',
    'ApprovalsWaitTooLong: EksRebind SecondsWaiting > 86400 1x3600s ignore',
    'FunctionErrors1: AWS/Lambda Errors >= 5 3x300s notBreaching',
    'FunctionErrors2: AWS/Lambda Errors >= 5 3x300s notBreaching',
    'UnattendedFunctionErrors: AWS/Lambda Errors >= 1 1x300s notBreaching',
    'FunctionThrottles: AWS/Lambda Throttles >= 1 1x300s notBreaching',
  ]);
});

describe('each alarm', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');

  test.each(Object.entries(alarmsOf()))('%s names an entry of the runbook', (_, { AlarmDescription }) => {
    const [, anchor] = /Runbook: docs\/runbook\.md#([a-z]+)$/.exec(AlarmDescription) ?? [];
    const headings = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    expect(headings).toContain(anchor);
  });

  test('says in its description what it means, within what CloudWatch takes', () => {
    const lengths = Object.values(alarmsOf()).map(({ AlarmDescription }) => AlarmDescription.length);
    expect(Math.min(...lengths)).toBeGreaterThan(80);
    // PutMetricAlarm: at most 1,024 characters.
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
  });

  test('tells the notification topic where nothing else is given', () => {
    const actions = Object.values(alarmsOf()).map(({ AlarmActions }) => JSON.stringify(AlarmActions));
    expect(new Set(actions)).toEqual(new Set([expect.stringContaining('"Ref":"Notifications')]));
  });

  test('does what is given instead', () => {
    const alarmActionArn = 'arn:aws:sns:us-east-1:111122223333:pager';
    const alarms = alarmsOf({ alarmActions: [{ bind: () => ({ alarmActionArn }) }] });
    const actions = Object.values(alarms).map(({ AlarmActions }) => AlarmActions);
    expect(new Set(actions.flat())).toEqual(new Set([alarmActionArn]));
  });

  test('watches at most ten metrics, which is what CloudWatch lets a sum have', () => {
    const counts = Object.values(alarmsOf()).map((alarm) => metricsOf(alarm).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(10);
  });
});

test('alarms watch 52 metrics together: that is what CloudWatch charges for', () => {
  expect(Object.values(alarmsOf()).flatMap(metricsOf)).toHaveLength(52);
});

test('executions are watched in all three state machines', () => {
  const kinds = Object.values(alarmsOf()).filter((alarm) => metricsOf(alarm)[0]?.startsWith('AWS/States'));
  const machines = kinds.map(({ Metrics = [] }) =>
    Metrics.flatMap(({ MetricStat }) => (MetricStat ? [JSON.stringify(MetricStat.Metric.Dimensions)] : [])),
  );
  expect(machines).toHaveLength(4);
  for (const watched of machines) {
    expect(watched.map((one) => /"Ref":"(RoleChanged|RebindEntry|Sweep)/.exec(one)?.[1])).toEqual([
      'RoleChanged',
      'RebindEntry',
      'Sweep',
    ]);
  }
});

/** The functions whose errors an alarm watches. */
const watchedBy = (alarms: Record<string, AlarmProperties>, pattern: RegExp) =>
  Object.entries(alarms)
    .filter(([name]) => pattern.test(name))
    .flatMap(([, { AlarmDescription }]) => AlarmDescription.match(/\b[A-Z]\w+[A-Z]\w+\b|\bPreflight\b/g) ?? []);

test('every function is in one of the alarms on errors, and in one only', () => {
  expect(watchedBy(alarmsOf(), /FunctionErrors/).toSorted()).toEqual(STEP_NAMES.toSorted());
});

test('unattended are just the functions that no state machine calls', () => {
  const called = new Set(
    stateMachines.flatMap((machine) =>
      allStates(machine).flatMap(([, state]) => JSON.stringify(state).match(/(?<=\$\{)\w+(?=Arn\})/g) ?? []),
    ),
  );
  expect(STEP_NAMES.filter((name) => !called.has(name)).toSorted()).toEqual(UNATTENDED.toSorted());
});

describe('where less is deployed', () => {
  test('nobody waits for an alarm that can never go off', () => {
    const steps = ['ReadEvent', 'InspectEntry', 'PlanSweep', 'SweepRegion', 'SendHeartbeat', 'HearHeartbeat'];
    expect(Object.keys(alarmsOf({ steps }))).not.toContain('SecondsWithoutAccess');
    expect(Object.keys(alarmsOf({ steps }))).not.toContain('ApprovalsWaitTooLong');
    expect(Object.keys(alarmsOf({ steps }))).toContain('AccessEntryValidationErrors');
  });

  test('questions that wait an hour have waited too long after half of it', () => {
    const { ApprovalsWaitTooLong } = alarmsOf({ approvalTimeout: Duration.hours(1) });
    expect(ApprovalsWaitTooLong).toMatchObject({ Threshold: 1800 });
    expect(ApprovalsWaitTooLong?.AlarmDescription).toContain('more than 0.5 hours');
  });
});

test('CloudWatch may publish to the topic for alarms of ours alone', () => {
  const policies = operationsTemplate().findResources('AWS::SNS::TopicPolicy');
  const statements = Object.values(policies).flatMap(
    (policy): object[] => policy['Properties'].PolicyDocument.Statement,
  );
  const alarm = ':cloudwatch:us-east-1:111122223333:alarm:eks-rebind-*';
  expect(statements).toMatchObject([
    { Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' },
    {
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: {
        ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, alarm]] } },
        StringEquals: { 'aws:SourceAccount': '111122223333' },
      },
    },
  ]);
});

describe('in the stack', () => {
  const where = { account: '111122223333', region: 'us-east-1' };
  const approvers = ['arn:aws:iam::111122223333:role/operators'];
  const inStack = (props: Parameters<typeof synthesize>[0]) =>
    Object.values(synthesize(props, where).Resources).flatMap(({ Type, Properties = {} }) =>
      Type === 'AWS::CloudWatch::Alarm' ? [Properties] : [],
    );
  const namesOf = (props: Parameters<typeof synthesize>[0]) => inStack(props).map(({ AlarmName }) => AlarmName);

  test('every alarm is there that has something to watch', () => {
    const all = Object.keys(alarmsOf()).map((name) => `eks-rebind-${name}`);
    expect(namesOf({ approvers })).toEqual(all);
    const withoutQuestions = all.filter((name) => !/ApprovalsWaitTooLong/.test(name));
    expect(namesOf({})).toEqual(withoutQuestions);
    const swapless = withoutQuestions.filter((name) => !/SecondsWithoutAccess/.test(name));
    expect(swapless).toEqual(expect.arrayContaining(namesOf({ mode: 'report' })));
    // A mode before this one may have left an entry deleted.
    expect(namesOf({ mode: 'report' })).toEqual(
      expect.arrayContaining(['eks-rebind-NoHeartbeat', 'eks-rebind-OpenJournals']),
    );
  });

  test('the construct’s props reach them', () => {
    const alarmActionArn = 'arn:aws:sns:us-east-1:111122223333:pager';
    const alarmActions = [{ bind: () => ({ alarmActionArn }) }];
    const alarms = inStack({ approvers, alarmActions, approvalTimeout: Duration.hours(2), namePrefix: 'mine-' });
    expect(alarms.find(({ AlarmName }) => AlarmName === 'mine-ApprovalsWaitTooLong')).toMatchObject({
      Threshold: 3600,
      AlarmActions: [alarmActionArn],
    });
  });
});
