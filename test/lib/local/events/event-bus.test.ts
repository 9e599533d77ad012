import { describe, expect, test } from 'vitest';
import { AwsFault } from '../../../../lib/local/call.ts';
import type { Deployment } from '../../../../lib/local/deployment.ts';
import type { BusEvent } from '../../../../lib/local/events/event.ts';
import type { Rule } from '../../../../lib/local/events/bus-state.ts';
import { createEventBus, type EventBusOptions, type LocalEventBus } from '../../../../lib/local/events/service.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

const ACCOUNT = '111122223333';
const START = Date.parse('2026-11-24T05:30:00Z');
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:role-changed`;

const ROLE = `arn:aws:iam::${ACCOUNT}:role/roles`;

const deployment = (eventPattern: object): Deployment => ({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  functions: {},
  stateMachines: { 'role-changed': { definition: '{}', statements: [] } },
  roles: { [ROLE]: { statements: [], trust: [] } },
  rules: { roles: { eventPattern, targets: [{ arn: MACHINE, roleArn: ROLE }] } },
});

const record = (roleName: string, more: object = {}) => ({
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateRole',
  eventTime: '2026-11-24T05:30:00Z',
  awsRegion: 'us-east-1',
  recipientAccountId: ACCOUNT,
  readOnly: false,
  requestParameters: { roleName },
  ...more,
});

interface Started {
  readonly at: number;
  readonly arn: string;
  readonly event: BusEvent;
}

/** A bus whose one rule starts a state machine that a test can watch, or make fail. */
function world(options: Partial<EventBusOptions> & { fail?: (attempt: number) => Error | undefined } = {}) {
  const { fail = () => undefined, ...travel } = options;
  const clock = createVirtualClock(START);
  const started: Started[] = [];
  let attempts = 0;
  const bus = createEventBus({
    clock,
    random: createSeededRandom(3),
    targetDelay: 0,
    targets: {
      async startExecution(arn, input) {
        attempts += 1;
        const error = fail(attempts);
        if (error) throw error;
        started.push({ at: clock.now() - START, arn, event: JSON.parse(input) });
      },
    },
    ...travel,
  });
  bus.deploy(deployment({ source: ['aws.iam'] }));
  const wait = (milliseconds: number) => clock.run(() => clock.pause(milliseconds));
  return { bus, clock, started, wait, attempts: () => attempts };
}

describe('a CloudTrail record', () => {
  test("arrives later, in EventBridge's envelope, and starts the rule's state machine with all of it", async () => {
    const { bus, started, wait } = world({ cloudTrailDelay: 5_000 });
    bus.deliverCloudTrail(record('worker'));
    await wait(4_999);
    expect(started).toEqual([]);
    await wait(2);
    expect(started).toMatchObject([
      {
        at: 5_000,
        arn: MACHINE,
        event: {
          version: '0',
          'detail-type': 'AWS API Call via CloudTrail',
          source: 'aws.iam',
          account: ACCOUNT,
          time: '2026-11-24T05:30:00Z',
          region: 'us-east-1',
          resources: [],
          detail: record('worker'),
        },
      },
    ]);
  });

  test('takes 2 to 15 seconds, so that records may change places', async () => {
    const { bus, started, wait } = world();
    for (let count = 0; count < 50; count += 1) bus.deliverCloudTrail(record(`role-${count}`));
    await wait(15_000);
    const order = started.map(({ event }) => Number(JSON.stringify(event).match(/role-(\d+)/)?.[1]));
    expect(started).toHaveLength(50);
    expect(Math.min(...started.map(({ at }) => at))).toBeGreaterThanOrEqual(2_000);
    expect(order).not.toEqual(order.toSorted((one, other) => one - other));
  });

  test('comes as often and in what order a test wants', async () => {
    const { bus, started, wait } = world({
      copies: ({ eventName }) => (eventName === 'CreateRole' ? 2 : 1),
      cloudTrailDelay: ({ eventName }) => (eventName === 'CreateRole' ? 1_000 : 3_000),
    });
    bus.deliverCloudTrail(record('worker', { eventName: 'DeleteRole' }));
    bus.deliverCloudTrail(record('worker'));
    await wait(5_000);
    expect(started.map(({ event }) => event.detail['eventName'])).toEqual(['CreateRole', 'CreateRole', 'DeleteRole']);
    expect(started[0]?.event.id).toBe(started[1]?.event.id);
  });

  test('of a call that only reads starts no rule but one for those', async () => {
    const { bus, started, wait } = world({ cloudTrailDelay: 0 });
    const read = record('worker', { eventName: 'GetRole', readOnly: true });
    bus.deliverCloudTrail(read);
    await wait(1_000);
    expect(started).toEqual([]);
    changeRule(bus, () => ({ state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }));
    bus.deliverCloudTrail(read);
    await wait(1_000);
    expect(started).toHaveLength(1);
  });

  test.each([
    ['of another region', { awsRegion: 'eu-west-1' }],
    ['of another account', { recipientAccountId: '444455556666' }],
    ['of another service', { eventSource: 'sts.amazonaws.com' }],
  ])('%s starts nothing', async (_, more) => {
    const { bus, started, wait } = world({ cloudTrailDelay: 0 });
    bus.deliverCloudTrail(record('worker', more));
    await wait(1_000);
    expect(bus.events).toHaveLength(1);
    expect(started).toEqual([]);
  });
});

/** Changes the one rule of a world. */
function changeRule(bus: LocalEventBus, change: (rule: Rule) => Partial<Rule>): void {
  const [rule] = bus.state.rulesOf(ACCOUNT, 'us-east-1');
  if (!rule) throw new Error('the world has no rule');
  bus.state.putRule({ ...rule, ...change(rule) });
}

const published = (source: string): BusEvent => ({
  version: '0',
  id: 'id',
  'detail-type': 'x',
  source,
  account: ACCOUNT,
  time: '2026-11-24T05:30:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {},
});

test('a listener hears of every event, until it is stopped', () => {
  const { bus } = world();
  const heard: string[] = [];
  const stop = bus.subscribe(({ source }) => heard.push(source));
  bus.publish(published('aws.states'));
  stop();
  bus.publish(published('eks-rebind'));
  expect(heard).toEqual(['aws.states']);
  expect(bus.events.map(({ source }) => source)).toEqual(['aws.states', 'eks-rebind']);
});

test('a disabled rule starts nothing', async () => {
  const { bus, started, wait } = world();
  changeRule(bus, () => ({ state: 'DISABLED' }));
  bus.publish(published('aws.iam'));
  await wait(1_000);
  expect(started).toEqual([]);
});

test('a rule can start a function, and with a constant', async () => {
  const invoked: unknown[] = [];
  const { bus, wait } = world({
    targets: {
      startExecution: () => Promise.reject(new Error('no state machine here')),
      invokeFunction: async (arn, input) => void invoked.push([arn, input]),
    },
  });
  const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`;
  changeRule(bus, () => ({ targets: [{ Id: 'f', Arn: arn, Input: '{"constant":1}' }] }));
  bus.publish(published('aws.iam'));
  await wait(1);
  expect(invoked).toEqual([[arn, '{"constant":1}']]);
});

describe('a target that fails', () => {
  test('is tried again until it takes the event', async () => {
    const { bus, started, wait } = world({
      fail: (attempt) => (attempt <= 3 ? new AwsFault('ThrottlingException', 'Rate exceeded') : undefined),
    });
    bus.publish(published('aws.iam'));
    await wait(60_000);
    expect(started).toHaveLength(1);
    expect(bus.deadLetters).toEqual([]);
  });

  test('for good is not tried again: its event goes to the dead letters', async () => {
    const { bus, wait, attempts } = world({
      fail: () => new AwsFault('StateMachineDoesNotExist', 'State Machine Does Not Exist'),
    });
    bus.publish(published('aws.iam'));
    await wait(60_000);
    expect(attempts()).toBe(1);
    expect(bus.deadLetters).toMatchObject([
      {
        ruleArn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/roles`,
        targetArn: MACHINE,
        event: { id: 'id' },
        attempts: 1,
        errorCode: 'StateMachineDoesNotExist',
      },
    ]);
  });

  test('without end is given up after a day', async () => {
    const { bus, wait, attempts } = world({ fail: () => new Error('connection refused') });
    bus.publish(published('aws.iam'));
    await wait(86_400_000);
    expect(attempts()).toBeGreaterThan(100);
    expect(bus.deadLetters).toMatchObject([{ errorMessage: 'connection refused' }]);
    const settled = attempts();
    await wait(86_400_000);
    expect(attempts()).toBe(settled);
  });

  test('is tried no more often than its own policy says', async () => {
    const { bus, wait, attempts } = world({ fail: () => new Error('connection refused') });
    const queue = `arn:aws:sqs:us-east-1:${ACCOUNT}:dead-letters`;
    const policy = { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: queue } };
    changeRule(bus, ({ targets }) => ({ targets: targets.map((target) => ({ ...target, ...policy })) }));
    bus.publish(published('aws.iam'));
    await wait(60_000);
    expect(attempts()).toBe(3);
    expect(bus.deadLetters).toMatchObject([{ attempts: 3, queueArn: queue }]);
  });

  test('is given up once its event is too old', async () => {
    const { bus, wait } = world({ fail: () => new Error('connection refused') });
    const policy = { RetryPolicy: { MaximumEventAgeInSeconds: 60 } };
    changeRule(bus, ({ targets }) => ({ targets: targets.map((target) => ({ ...target, ...policy })) }));
    bus.publish(published('aws.iam'));
    await wait(600_000);
    const [letter] = bus.deadLetters;
    expect(letter?.at).toBeLessThanOrEqual(START + 60_000);
    expect(letter?.attempts).toBeGreaterThan(3);
  });
});

test.each([
  ['a target', { stateMachines: {} }, `leads to '${MACHINE}', which is not in the deployment`],
  ['a role', { roles: {} }, `delivers as '${ROLE}', which is no role of the deployment`],
])('a rule is refused whose deployment lacks %s that it names', (_what, without, text) => {
  const { bus } = world();
  expect(() => bus.deploy({ ...deployment({ source: ['aws.iam'] }), ...without })).toThrow(text);
});
