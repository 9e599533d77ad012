import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { createLocalAws } from '../../../../lib/local/local-aws.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

const ACCOUNT = '111122223333';
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:role-changed`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/starter`;
const pattern = { source: ['aws.iam'] };

function world() {
  const aws = createLocalAws({
    clock: createVirtualClock(Date.parse('2026-11-24T05:30:00Z')),
    random: createSeededRandom(1),
  });
  const credentials = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  const client = new EventBridgeClient({
    region: 'us-east-1',
    credentials,
    requestHandler: aws.requestHandler,
    maxAttempts: 1,
  });
  return {
    aws,
    put: (Name: string, input: Partial<PutRuleCommandInput> = {}) =>
      client.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern), ...input })),
    putTargets: (Rule: string, ...Targets: Target[]) => client.send(new PutTargetsCommand({ Rule, Targets })),
    removeTargets: (Rule: string, ...Ids: string[]) => client.send(new RemoveTargetsCommand({ Rule, Ids })),
    show: (Name: string, EventBusName?: string) => client.send(new DescribeRuleCommand({ Name, EventBusName })),
    list: (input: object = {}) => client.send(new ListRulesCommand(input)),
    targets: (Rule: string, page: object = {}) => client.send(new ListTargetsByRuleCommand({ Rule, ...page })),
    remove: (Name: string) => client.send(new DeleteRuleCommand({ Name })),
    enable: (Name: string) => client.send(new EnableRuleCommand({ Name })),
    disable: (Name: string) => client.send(new DisableRuleCommand({ Name })),
    probe: (EventPattern: string, Event: string) => client.send(new TestEventPatternCommand({ EventPattern, Event })),
  };
}

const target = (Id: string, more: Partial<Target> = {}): Target => ({ Id, Arn: MACHINE, RoleArn: ROLE, ...more });
const noRule = { name: 'ResourceNotFoundException', message: 'Rule nope does not exist on EventBus default.' };
const invalid = (message: string) => ({ name: 'ValidationException', message });

describe('PutRule', () => {
  test('makes a rule that is enabled', async () => {
    const { put, show } = world();
    const arn = `arn:aws:events:us-east-1:${ACCOUNT}:rule/roles`;
    expect(await put('roles', { Description: 'about roles' })).toMatchObject({ RuleArn: arn });
    expect(await show('roles')).toMatchObject({
      Name: 'roles',
      Arn: arn,
      State: 'ENABLED',
      EventPattern: JSON.stringify(pattern),
      Description: 'about roles',
      EventBusName: 'default',
      CreatedBy: ACCOUNT,
    });
  });

  test('again, replaces the pattern and the state, and leaves the targets', async () => {
    const { put, putTargets, show, targets } = world();
    await put('roles');
    await putTargets('roles', target('one'));
    await put('roles', { EventPattern: '{"source":["aws.ec2"]}', State: 'DISABLED' });
    expect(await show('roles')).toMatchObject({ EventPattern: '{"source":["aws.ec2"]}', State: 'DISABLED' });
    expect((await targets('roles')).Targets).toEqual([target('one')]);
  });

  test('refuses a pattern that is none, and says why', async () => {
    const { put } = world();
    await expect(put('roles', { EventPattern: '{"source":"aws.iam"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
    const long = JSON.stringify({ source: Array.from({ length: 300 }, (_, index) => `source-${index}`) });
    await expect(put('roles', { EventPattern: long })).rejects.toMatchObject({
      message: 'Parameter EventPattern for rule roles exceeds limit of 2048.',
    });
  });

  test('refuses a rule without a pattern, with a bad name or state, and on another bus', async () => {
    const { put } = world();
    const nothing = invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    await expect(put('roles', { EventPattern: undefined })).rejects.toMatchObject(nothing);
    await expect(put('no spaces')).rejects.toMatchObject({ name: 'ValidationException' });
    // @ts-expect-error -- a state that is none
    await expect(put('roles', { State: 'ASLEEP' })).rejects.toMatchObject({
      message: expect.stringContaining("Value 'ASLEEP' at 'state' failed to satisfy constraint"),
    });
    await expect(put('roles', { EventBusName: 'mine' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus mine does not exist.',
    });
    for (const other of [{ ScheduleExpression: 'rate(1 day)' }, { Tags: [{ Key: 'a', Value: 'b' }] }]) {
      await expect(put('roles', other)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
    }
  });
});

describe('PutTargets', () => {
  test('adds targets and replaces those of the same id', async () => {
    const { put, putTargets, targets } = world();
    await put('roles');
    expect(await putTargets('roles', target('one'), target('two'))).toMatchObject({ FailedEntryCount: 0 });
    await putTargets('roles', target('one', { Input: '{"constant":true}' }));
    expect((await targets('roles')).Targets).toEqual([target('one', { Input: '{"constant":true}' }), target('two')]);
  });

  test.each<[string, Target, string]>([
    ['a state machine without a role', { Id: 'one', Arn: MACHINE }, `RoleArn is required for target ${MACHINE}.`],
    [
      'an ARN that is none',
      target('one', { Arn: 'machine' }),
      'Parameter machine is not valid. Reason: Provided Arn is not in correct format.',
    ],
    ['an input that is no JSON', target('one', { Input: 'hello' }), 'JSON syntax error in input for target one'],
    [
      'two inputs',
      target('one', { Input: '{}', InputPath: '$.detail' }),
      'Only one of Input, InputPath, or InputTransformer must be provided for target one.',
    ],
  ])('refuses %s', async (_, given, message) => {
    const { put, putTargets } = world();
    await put('roles');
    await expect(putTargets('roles', given)).rejects.toMatchObject(invalid(message));
  });

  test('refuses a sixth target, a rule that is not there, and says what it does not emulate', async () => {
    const { put, putTargets } = world();
    await put('roles');
    await putTargets('roles', ...['1', '2', '3', '4', '5'].map((id) => target(id)));
    await expect(putTargets('roles', target('6'))).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(putTargets('nope', target('1'))).rejects.toMatchObject(noRule);
    const queue = { Id: 'q', Arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:queue` };
    await expect(putTargets('roles', queue)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
    const part = target('1', { InputPath: '$.detail' });
    await expect(putTargets('roles', part)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });
});

test('RemoveTargets takes targets away, twice too, and refuses a rule that is not there', async () => {
  const { put, putTargets, removeTargets, targets } = world();
  await put('roles');
  await putTargets('roles', target('one'), target('two'));
  for (const _ of [1, 2]) expect(await removeTargets('roles', 'one')).toMatchObject({ FailedEntryCount: 0 });
  expect((await targets('roles')).Targets).toEqual([target('two')]);
  await expect(removeTargets('nope', 'one')).rejects.toMatchObject(noRule);
});

test('DeleteRule takes a rule away, twice too, unless it has targets', async () => {
  const { put, putTargets, removeTargets, remove, show } = world();
  await put('roles');
  await putTargets('roles', target('one'));
  await expect(remove('roles')).rejects.toMatchObject(invalid("Rule can't be deleted since it has targets."));
  await removeTargets('roles', 'one');
  await remove('roles');
  await remove('roles');
  await expect(show('roles')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('DescribeRule, EnableRule and DisableRule refuse a rule that is not there', async () => {
  const { show, enable, disable, put } = world();
  for (const call of [show, enable, disable]) await expect(call('nope')).rejects.toMatchObject(noRule);
  await put('roles');
  await disable('roles');
  expect(await show('roles')).toMatchObject({ State: 'DISABLED' });
  await enable('roles');
  expect(await show('roles')).toMatchObject({ State: 'ENABLED' });
});

test('ListRules and ListTargetsByRule list in pages', async () => {
  const { put, putTargets, list, targets } = world();
  for (const name of ['b-2', 'a-1', 'b-1']) await put(name);
  await putTargets('a-1', target('2'), target('1'), target('3'));
  const first = await list({ Limit: 2 });
  expect(first.Rules?.map(({ Name }) => Name)).toEqual(['a-1', 'b-1']);
  expect((await list({ NextToken: first.NextToken })).Rules?.map(({ Name }) => Name)).toEqual(['b-2']);
  expect((await list({ NamePrefix: 'b-' })).Rules?.map(({ Name }) => Name)).toEqual(['b-1', 'b-2']);
  const page = await targets('a-1', { Limit: 2 });
  expect(page.Targets?.map(({ Id }) => Id)).toEqual(['1', '2']);
  expect((await targets('a-1', { NextToken: page.NextToken })).Targets?.map(({ Id }) => Id)).toEqual(['3']);
  await expect(targets('nope')).rejects.toMatchObject(noRule);
  await expect(list({ Limit: 101 })).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(list({ NextToken: '?' })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('TestEventPattern tells whether an event matches', async () => {
  const { probe } = world();
  const event = {
    id: '1',
    account: ACCOUNT,
    time: '2026-11-24T05:30:00Z',
    region: 'us-east-1',
    resources: [],
    source: 'aws.iam',
    'detail-type': 'x',
    detail: {},
  };
  const ask = (source: string) => probe(JSON.stringify({ source: [source] }), JSON.stringify(event));
  expect(await ask('aws.iam')).toMatchObject({ Result: true });
  expect(await ask('aws.ec2')).toMatchObject({ Result: false });
  await expect(probe('{"source":[]}', JSON.stringify(event))).rejects.toMatchObject({
    name: 'InvalidEventPatternException',
    message: 'Event pattern is not valid. Reason: Empty arrays are not allowed',
  });
  await expect(probe('{"source":["x"]}', '{"id":"1"}')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(probe('{"source":["x"]}', 'no')).rejects.toMatchObject(invalid('Parameter Event is not valid.'));
});
