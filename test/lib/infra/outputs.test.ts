import { expect, test } from 'vitest';
import { operationsTemplate } from './service-world.ts';

/** A value of a template: text, or what is known at deploy time only. */
type Value = string | { readonly [reference: string]: string | readonly Value[] };

/** As text; what is known at deploy time only is written as the id of its resource, without CDK's hash. */
function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  const [named = ''] = Object.values(value);
  if (typeof named === 'string') return named.replace(/[0-9A-F]{8}$/, '').replace('AWS::', '');
  const [first = '', second = []] = named;
  return typeof second === 'string' || !Array.isArray(second)
    ? textOf({ Ref: textOf(first) })
    : second.map(textOf).join('');
}

function outputs(given: Parameters<typeof operationsTemplate>[0]): Record<string, string> {
  const found = Object.entries(operationsTemplate(given).findOutputs('*'));
  return Object.fromEntries(found.map(([id, output]) => [id, textOf(output['Value'])]));
}

test('the outputs are the links that a person needs', () => {
  const home = 'https://us-east-1.console.aws.amazon.com';
  expect(outputs({ answerUrl: 'https://answers.example' })).toEqual({
    RoleChangedConsole: `${home}/states/home?region=us-east-1#/statemachines/view/RoleChanged`,
    RebindEntryConsole: `${home}/states/home?region=us-east-1#/statemachines/view/RebindEntry`,
    SweepConsole: `${home}/states/home?region=us-east-1#/statemachines/view/Sweep`,
    DashboardConsole: `${home}/cloudwatch/home?region=us-east-1#dashboards/dashboard/Dashboard`,
    NotificationsConsole: `${home}/sns/v3/home?region=us-east-1#/topic/Notifications`,
    DeadLettersConsole: `${home}/sqs/v3/home?region=us-east-1#/queues/https%3A%2F%2Fsqs.us-east-1.URLSuffix%2F111122223333%2FDeadLetters`,
    LedgerConsole: `${home}/dynamodbv2/home?region=us-east-1#table?name=Ledger`,
    AnswerUrl: 'https://answers.example',
  });
});

test('without approvers there is nothing to answer at', () => {
  expect(outputs({})).not.toHaveProperty('AnswerUrl');
});

test.each([
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#/statemachines/view/Sweep'],
  [
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/states/home?region=us-gov-west-1#/statemachines/view/Sweep',
  ],
])('in %s links lead to the partition’s own console', (region, link) => {
  expect(outputs({ region })).toHaveProperty('SweepConsole', link);
});

test('where the console has no known address, the outputs are the things’ names', () => {
  expect(outputs({ region: 'us-iso-east-1' })).toEqual({
    RoleChangedConsole: 'RoleChanged',
    RebindEntryConsole: 'RebindEntry',
    SweepConsole: 'Sweep',
    DashboardConsole: 'Dashboard',
    NotificationsConsole: 'Notifications',
    DeadLettersConsole: 'DeadLetters',
    LedgerConsole: 'Ledger',
  });
});
