import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { checkProps } from '../../../lib/infra/check-props.ts';
import type { EksRebindProps } from '../../../lib/infra/eks-rebind-props.ts';

const ROLE = 'arn:aws:iam::111122223333:role/team/approvers';
const topic = (more: object) => ({ topicArn: 'arn:aws:sns:us-east-1:111122223333:topic', ...more });

// As JavaScript, or a context's text, may give them.
const WRONG: readonly [keyof EksRebindProps, unknown, string][] = [
  ['regions', [], "regions is [], wanted at least one of names of regions, such as 'eu-west-1', each once"],
  ['regions', ['europe'], "regions is ['europe'], wanted"],
  ['regions', ['eu-west-1', 'eu-west-1'], "regions is ['eu-west-1', 'eu-west-1'], wanted"],
  ['regions', 'eu-west-1', "regions is 'eu-west-1', wanted"],
  ['mode', 'on', "mode is 'on', wanted one of 'rebind', 'ask', 'report'"],
  ['adminEntries', 'yes', "adminEntries is 'yes', wanted one of 'ask', 'rebind'"],
  ['settleAge', Duration.seconds(0), 'wanted a duration of whole seconds, from one to an hour'],
  ['settleAge', Duration.hours(2), 'settleAge is 2 hours, wanted'],
  ['settleAge', Duration.millis(1500), 'wanted a duration of whole seconds'],
  ['settleAge', 120, 'settleAge is 120, wanted a duration of whole seconds, from one to an hour'],
  ['grace', '1 day', "grace is '1 day', wanted a duration of whole seconds, from one to 30 days"],
  ['grace', null, 'grace is null, wanted a duration'],
  ['settleReads', '4', "settleReads is '4', wanted a whole number from 1 to 20"],
  ['settleReads', 0, 'settleReads is 0, wanted a whole number from 1 to 20'],
  ['settleReads', 2.5, 'settleReads is 2.5, wanted'],
  ['sweepSchedule', {}, 'sweepSchedule is a Object, wanted a Schedule'],
  ['sweepSchedule', 'rate(6 hours)', "sweepSchedule is 'rate(6 hours)', wanted a Schedule such as Schedule.rate("],
  ['sweepSchedule', Schedule.expression('every day'), "sweepSchedule is 'every day', wanted a Schedule"],
  ['optOutTag', ['mine'], "optOutTag is ['mine'], wanted a tag key"],
  ['orphans', 'delete', "orphans is 'delete', wanted one of 'report', 'remove'"],
  ['grace', Duration.days(31), 'grace is 31 days, wanted a duration of whole seconds, from one to 30 days'],
  ['ownerGrace', Duration.minutes(61), 'ownerGrace is 1 hour 1 minute, wanted'],
  ['cap', 0, 'cap is 0, wanted a whole number from 1 to 10000'],
  ['circuitBreaker', -1, 'circuitBreaker is -1, wanted a whole number from 1 to 1000'],
  ['optOutTag', 'aws:mine', "optOutTag is 'aws:mine', wanted a tag key that doesn't begin with 'aws:'"],
  ['optOut', ['nodes'], "optOut is ['nodes'], wanted ARNs of roles or users, without commas in them, each once"],
  [
    'trustedCreators',
    ['*'],
    "trustedCreators is ['*'], wanted ARNs of roles or users, without commas in them, each once",
  ],
  [
    'approvers',
    [ROLE, ROLE],
    `approvers is ['${ROLE}', '${ROLE}'], wanted at most 20 ARNs of roles or users, without commas in them, each once`,
  ],
  [
    'approvers',
    Array.from({ length: 21 }, (_, index) => `${ROLE}${index}`),
    'wanted at most 20 ARNs of roles or users',
  ],
  ['approvers', [`${ROLE},arn`], 'wanted at most 20 ARNs of roles or users, without commas in them, each once'],
  ['approvalTimeout', Duration.days(40), 'approvalTimeout is 40 days, wanted'],
  ['notificationTopic', topic({ fifo: true }), 'notificationTopic is a Object, wanted a standard topic'],
  ['notificationTopic', {}, 'wanted a standard topic'],
  ['notificationTopic', null, 'notificationTopic is null, wanted a standard topic'],
  ['notificationTopic', 'topic', "notificationTopic is 'topic', wanted a standard topic"],
  ['logRetention', 2, 'logRetention is 2, wanted one of 1, 3, 5'],
  ['alarmActions', [{}], 'wanted alarm actions'],
  ['alarmActions', ['pager'], "alarmActions is ['pager'], wanted alarm actions"],
  ['memberAccounts', ['1234'], "memberAccounts is ['1234'], wanted account ids of 12 digits, each once"],
  ['externalId', 123_456, 'externalId is 123456, wanted 2 to 1224 letters'],
  ['externalId', 'x', "externalId is 'x', wanted 2 to 1224 letters"],
  ['namePrefix', '9-', "namePrefix is '9-', wanted up to 32 letters, digits, - or _, a letter first"],
  ['namePrefix', 'e'.repeat(33), 'wanted up to 32 letters'],
];

describe('checkProps', () => {
  test.each(WRONG)('refuses %s as %j', (prop, value, message) => {
    expect(() => checkProps({ [prop]: value })).toThrow(message);
  });

  test('takes nothing, and whatever the docs name', () => {
    expect(() => checkProps({})).not.toThrow();
    expect(() =>
      checkProps({
        regions: ['us-gov-east-1', 'ap-southeast-1'],
        settleAge: Duration.minutes(2),
        logRetention: RetentionDays.INFINITE,
        approvers: [ROLE, 'arn:aws-cn:iam::111122223333:user/ann', 'arn:aws:sts::111122223333:assumed-role/ops/ann'],
        namePrefix: 'Rebind_2-',
        externalId: 'a:b/c',
      }),
    ).not.toThrow();
  });

  test('knows every retention that CDK knows', () => {
    const days = Object.values(RetentionDays).filter((value): value is RetentionDays => typeof value === 'number');
    expect(days.length).toBeGreaterThan(20);
    for (const logRetention of days) expect(() => checkProps({ logRetention })).not.toThrow();
  });
});
