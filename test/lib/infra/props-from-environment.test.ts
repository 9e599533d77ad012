import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { settingsFrom } from '../../../lib/core/settings.ts';
import { checkProps } from '../../../lib/infra/check-props.ts';
import { DEFAULT_NAME_PREFIX } from '../../../lib/infra/eks-rebind-props.ts';
import { propsFromEnvironment, withContext } from '../../../lib/infra/props-from-environment.ts';
import { settingsOfProps } from '../../../lib/infra/settings-of-props.ts';
import { resourcesOf, resourceWith } from './synthesized.ts';

const ROLE = 'arn:aws:iam::111122223333:role/ops';

// Every variable, with a value that is nobody's default.
const EVERY = {
  EKS_REBIND_REGIONS: 'eu-west-1,eu-north-1',
  EKS_REBIND_MODE: 'ask',
  EKS_REBIND_ADMIN_ENTRIES: 'rebind',
  EKS_REBIND_SETTLE_SECONDS: '90',
  EKS_REBIND_SETTLE_READS: '5',
  EKS_REBIND_SWEEP_SCHEDULE: 'rate(1 day)',
  EKS_REBIND_ORPHANS: 'remove',
  EKS_REBIND_GRACE_SECONDS: '600',
  EKS_REBIND_OWNER_GRACE_SECONDS: '60',
  EKS_REBIND_CAP: '7',
  EKS_REBIND_BREAKER: '2',
  EKS_REBIND_OPT_OUT_TAG: 'hands-off',
  EKS_REBIND_OPT_OUT: ROLE,
  EKS_REBIND_TRUSTED_CREATORS: `${ROLE}, arn:aws:iam::111122223333:user/ann`,
  EKS_REBIND_APPROVERS: ROLE,
  EKS_REBIND_APPROVAL_SECONDS: '3600',
  EKS_REBIND_NOTIFICATION_TOPIC: 'arn:aws:sns:us-east-1:111122223333:told',
  EKS_REBIND_LOG_RETENTION_DAYS: '30',
  EKS_REBIND_ALARM_ACTIONS: 'arn:aws:sns:us-east-1:111122223333:pager',
  EKS_REBIND_MEMBER_ACCOUNTS: '444455556666',
  EKS_REBIND_EXTERNAL_ID: 'between-us',
  EKS_REBIND_NAME_PREFIX: 'rebind-',
};

const propsPage = readFileSync(new URL('../../../lib/infra/eks-rebind-props.ts', import.meta.url), 'utf8');
const documented = [...propsPage.matchAll(/@default (.+) \*\/\n {2}readonly (\w+)\?/g)].map(([, said, prop]) => [
  prop,
  said,
]);
const said = (prop: string) => documented.find(([name]) => name === prop)?.[1] ?? '';

describe('propsFromEnvironment', () => {
  test('gives no prop where no variable is set, or an empty one', () => {
    expect(propsFromEnvironment({ PATH: '/bin', EKS_REBIND_MODE: '' })).toEqual({});
  });

  test('gives each prop by its variable', () => {
    const { notificationTopicArn, ...props } = propsFromEnvironment(EVERY);
    expect(notificationTopicArn).toBe(EVERY.EKS_REBIND_NOTIFICATION_TOPIC);
    expect(new Set(Object.keys({ ...props, notificationTopic: 1 }))).toEqual(new Set(documented.map(([prop]) => prop)));
    expect(() => checkProps(props)).not.toThrow();
    expect(settingsOfProps(props, 'us-east-1')).toEqual(settingsFrom(EVERY));
    expect(props).toMatchObject({
      logRetention: 30,
      namePrefix: 'rebind-',
      sweepSchedule: { expressionString: 'rate(1 day)' },
    });
  });

  test('names a variable that is not known: a slip of the pen would else be a default', () => {
    expect(() => propsFromEnvironment({ EKS_REBIND_MDOE: 'ask' })).toThrow(
      /^environment variable EKS_REBIND_MDOE is not known; wanted are EKS_REBIND_REGIONS, EKS_REBIND_MODE/,
    );
  });

  test('says which variable is wrong', () => {
    expect(() => propsFromEnvironment({ EKS_REBIND_CAP: 'many' })).toThrow('EKS_REBIND_CAP is "many"');
    expect(() => propsFromEnvironment({ EKS_REBIND_ALARM_ACTIONS: 'pager' })).toThrow(
      "EKS_REBIND_ALARM_ACTIONS has 'pager', wanted ARNs of topics",
    );
  });
});

describe('withContext', () => {
  test("takes an app's context by a prop's name before one by a variable's, and both before the environment", () => {
    const env = { EKS_REBIND_CAP: '1', EKS_REBIND_MODE: 'ask', EKS_REBIND_ORPHANS: 'remove', HOME: '/' };
    const values: Record<string, string | number | string[]> = {
      cap: 3,
      EKS_REBIND_CAP: 2,
      EKS_REBIND_MODE: 'report',
      regions: ['eu-west-1', 'eu-west-2'],
    };
    expect(withContext(env, (key) => values[key])).toEqual({
      EKS_REBIND_CAP: '3',
      EKS_REBIND_MODE: 'report',
      EKS_REBIND_ORPHANS: 'remove',
      EKS_REBIND_REGIONS: 'eu-west-1,eu-west-2',
      HOME: '/',
    });
  });
});

describe('defaults', () => {
  const defaults = settingsOfProps({}, 'us-east-1');

  const DURATIONS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
  const inSeconds = (duration: string) => {
    const [, unit = '', count] = /^Duration\.(\w+)\((\d+)\)$/.exec(duration) ?? [];
    return Number(count) * (DURATIONS[unit] ?? Number.NaN);
  };
  test.each([
    ['mode', defaults.mode],
    ['adminEntries', defaults.adminEntries],
    ['orphans', defaults.orphans],
    ['optOutTag', defaults.optOutTag],
    ['externalId', defaults.externalId],
  ])('of %s are as the docs say', (prop, value) => {
    expect(said(prop)).toBe(`'${value}'`);
  });

  test.each([
    ['settleReads', defaults.settleReads],
    ['cap', defaults.cap],
    ['circuitBreaker', defaults.breaker],
  ])('of %s are as the docs say', (prop, value) => {
    expect(said(prop)).toBe(String(value));
  });

  test.each([
    ['settleAge', defaults.settleSeconds],
    ['grace', defaults.graceSeconds],
    ['ownerGrace', defaults.ownerGraceSeconds],
    ['approvalTimeout', defaults.approvalSeconds],
  ])('of %s are as the docs say', (prop, value) => {
    expect(inSeconds(said(prop))).toBe(value);
  });

  test.each(['optOut', 'approvers', 'memberAccounts'] as const)('of %s are none', (prop) => {
    expect(said(prop)).toBe('none');
    expect(defaults[prop]).toEqual([]);
  });

  test('of what no function reads are as the docs say', () => {
    expect(said('namePrefix')).toBe(`'${DEFAULT_NAME_PREFIX}'`);
    expect(said('logRetention')).toBe('RetentionDays.ONE_YEAR');
    const kept = [...resourcesOf('AWS::Logs::LogGroup').values()].map(({ RetentionInDays }) => RetentionInDays);
    expect(new Set(kept)).toEqual(new Set([RetentionDays.ONE_YEAR]));
    expect(said('sweepSchedule')).toBe('Schedule.rate(Duration.hours(6))');
    const { ScheduleExpression } = resourceWith('AWS::Events::Rule', { Name: 'eks-rebind-sweep' });
    expect(ScheduleExpression).toBe(Schedule.rate(Duration.hours(6)).expressionString);
  });

  test("of the regions are the stack's own", () => {
    expect(said('regions')).toBe("the stack's own region");
    expect(settingsOfProps({}, 'cn-north-1').regions).toEqual(['cn-north-1']);
  });
});
