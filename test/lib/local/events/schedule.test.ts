import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../../lib/local/deployment.ts';
import { createEventBus } from '../../../../lib/local/events/service.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

const ACCOUNT = '111122223333';
const START = Date.parse('2026-11-24T05:30:00Z');
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:sweep`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/schedule`;
const SWEEP = { accountId: ACCOUNT, region: 'us-east-1', name: 'sweep' };
const HOUR = 3_600_000;

const deployment = (scheduleExpression: string, rule: Partial<Deployment['rules'][string]> = {}): Deployment => ({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  functions: {},
  stateMachines: { sweep: { definition: '{}', statements: [] } },
  roles: { [ROLE]: { statements: [], trust: [] } },
  rules: { sweep: { scheduleExpression, targets: [{ arn: MACHINE, roleArn: ROLE }], ...rule } },
});

/** A bus that tells when, in hours from the start, its schedule started something, and with what. */
function world(keepsSchedules: boolean) {
  const clock = createVirtualClock(START);
  const started: { hours: number; input: unknown }[] = [];
  const bus = createEventBus({
    clock,
    random: createSeededRandom(3),
    targetDelay: 0,
    keepsSchedules,
    targets: {
      async startExecution(_, input) {
        started.push({ hours: (clock.now() - START) / HOUR, input: JSON.parse(input) });
      },
    },
  });
  const hours = (count: number) => clock.run(() => clock.pause(count * HOUR));
  return { bus, clock, started, hours, times: () => started.map((one) => one.hours) };
}

describe('a rule with a schedule', () => {
  test('fires at each interval, from one interval after its deployment on', async () => {
    const { bus, hours, times } = world(true);
    bus.deploy(deployment('rate(6 hours)'));
    await hours(13);
    expect(times()).toEqual([6, 12]);
  });

  test.each([
    ['rate(30 minutes)', [0.5, 1]],
    ['rate(1 hour)', [1]],
    ['rate(1 day)', []],
  ])('takes %s', async (expression, expected) => {
    const { bus, hours, times } = world(true);
    bus.deploy(deployment(expression));
    await hours(1.2);
    expect(times()).toEqual(expected);
  });

  test('fires once where it was deployed twice, and by the newer interval after the one that runs', async () => {
    const { bus, hours, times } = world(true);
    bus.deploy(deployment('rate(2 hours)'));
    bus.deploy(deployment('rate(3 hours)'));
    await hours(6);
    expect(times()).toEqual([2, 5]);
  });

  test('does not fire while it is disabled, and never again once it is gone', async () => {
    const { bus, hours, times } = world(true);
    bus.deploy(deployment('rate(1 hour)', { state: 'DISABLED' }));
    await hours(1.5);
    bus.deploy(deployment('rate(1 hour)'));
    await hours(1);
    expect(times()).toEqual([2]);
    bus.state.removeRule(SWEEP);
    await hours(3);
    expect(times()).toEqual([2]);
  });

  test('fires only when asked, where the clock is not to do it', async () => {
    const { bus, clock, started, hours } = world(false);
    bus.deploy(deployment('rate(1 hour)'));
    await hours(5);
    expect(started).toEqual([]);
    await clock.run(() => bus.fire(SWEEP));
    expect(started).toMatchObject([
      {
        input: {
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: ACCOUNT,
          time: '2026-11-24T10:30:00Z',
          resources: [`arn:aws:events:us-east-1:${ACCOUNT}:rule/sweep`],
          detail: {},
        },
      },
    ]);
  });

  test('gives its targets their own input', async () => {
    const { bus, clock, started } = world(false);
    const targets = [{ arn: MACHINE, roleArn: ROLE, input: '{"schemaVersion":1}' }];
    bus.deploy(deployment('rate(1 hour)', { targets }));
    await clock.run(() => bus.fire(SWEEP));
    expect(started).toEqual([{ hours: 0, input: { schemaVersion: 1 } }]);
  });

  test('takes no events, whatever they are', async () => {
    const { bus, started, hours } = world(false);
    bus.deploy(deployment('rate(1 hour)'));
    const event = { version: '0', id: '1', time: '', resources: [], detail: {} } as const;
    bus.publish({ ...event, 'detail-type': 'It', source: 'any', account: ACCOUNT, region: 'us-east-1' });
    await hours(1);
    expect(started).toEqual([]);
  });

  test.each(['rate(1 hours)', 'rate(2 hour)', 'rate(0 hours)', 'rate(5 weeks)', 'cron(0 12 * * ?)', 'every day'])(
    'is refused with %s',
    (expression) => {
      expect(() => world(false).bus.deploy(deployment(expression))).toThrow(
        `rule 'sweep' has the schedule '${expression}'`,
      );
    },
  );

  test('by the calendar is taken where it is fired when asked, and refused where the clock is to do it', async () => {
    const byCalendar = deployment('cron(0 12 * * ? *)');
    const { bus, clock, times } = world(false);
    bus.deploy(byCalendar);
    await clock.run(() => bus.fire(SWEEP));
    expect(times()).toEqual([0]);
    expect(() => world(true).bus.deploy(byCalendar)).toThrow("has the schedule 'cron(0 12 * * ? *)'");
  });

  test('that is not there cannot be fired', async () => {
    const { bus } = world(false);
    bus.deploy(deployment('rate(1 hour)', { eventPattern: { source: ['any'] } }));
    await expect(bus.fire({ ...SWEEP, name: 'other' })).rejects.toThrow("no rule 'other' has a schedule to fire by");
  });
});
