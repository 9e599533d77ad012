import { ListClustersCommand } from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { createClients } from '../../../lib/aws/clients.ts';
import { createVirtualClock } from '../../../lib/local/virtual-clock.ts';
import { type Answer, scriptedAws } from './scripted-aws.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const placeIn = (region: string) => ({ accountId: '111122223333', region });
const ok: Answer = { status: 200, body: { clusters: ['prod'] } };
const throttled: Answer = { status: 429, errorType: 'ThrottlingException', body: { message: 'Rate exceeded' } };
const serverError: Answer = { status: 500, errorType: 'ServerException', body: { message: 'oops' } };
const refused: Answer = { status: 400, errorType: 'InvalidParameterException', body: { message: 'no' } };
const lost: Answer = { connectionError: 'ECONNRESET' };

function world(answers: (attempt: number) => Answer, latencyMs = 0) {
  const clock = createVirtualClock(START);
  const aws = scriptedAws((_, attempt) => answers(attempt), clock, latencyMs);
  const eks = createClients(aws.runtime).eks(placeIn('eu-west-1'));
  const secondsPassed = () => (clock.now() - START) / 1000;
  return { ...aws, clock, secondsPassed, list: () => clock.run(() => eks.send(new ListClustersCommand({}))) };
}

describe('retries', () => {
  for (const [name, failure] of Object.entries({ throttled, serverError, lost })) {
    test(`a call that is ${name} twice is sent a third time`, async () => {
      const { list, sentAt } = world((attempt) => (attempt <= 2 ? failure : ok));
      await expect(list()).resolves.toMatchObject({ clusters: ['prod'] });
      expect(sentAt).toHaveLength(3);
    });
  }

  test('a throttled call waits on the clock it was given, longer each time, and gives up after six', async () => {
    const { list, sentAt } = world(() => throttled);
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
    // Half (the random source says 0.5) of 1, 2, 4, 8, 16 s; the limiter's gaps lie inside of these waits.
    expect(sentAt.map((at) => (at - START) / 1000)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5]);
  });

  test('a lost connection is tried again sooner than a throttled call', async () => {
    const { list, secondsPassed } = world(() => lost);
    await expect(list()).rejects.toThrow('ECONNRESET');
    expect(secondsPassed()).toBe(1.55);
  });

  test('a refusal is not sent again', async () => {
    const { list, sentAt } = world(() => refused);
    await expect(list()).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(sentAt).toHaveLength(1);
  });

  test('a call that must be sent once is sent once', async () => {
    const clock = createVirtualClock(START);
    const { runtime, sentAt } = scriptedAws(() => lost, clock);
    const call = () => createClients(runtime).eksOnce(placeIn('eu-west-1')).send(new ListClustersCommand({}));
    await expect(clock.run(call)).rejects.toThrow('ECONNRESET');
    expect(sentAt).toHaveLength(1);
  });
});

describe('pace', () => {
  test('no more than five calls are out at once', async () => {
    const clock = createVirtualClock(START);
    const { runtime, mostAtOnce } = scriptedAws(() => ok, clock, 200);
    const eks = createClients(runtime).eks(placeIn('eu-west-1'));
    await clock.run(() => Promise.all(Array.from({ length: 20 }, () => eks.send(new ListClustersCommand({})))));
    expect(mostAtOnce()).toBe(5);
    expect(clock.now() - START).toBe(800);
  });

  test('after a throttle calls keep their distance, and close up again while all goes well', async () => {
    const clock = createVirtualClock(START);
    const { runtime, sentAt } = scriptedAws((_, attempt) => (attempt === 1 ? throttled : ok), clock);
    const eks = createClients(runtime).eks(placeIn('eu-west-1'));
    for (let call = 0; call < 40; call++) await clock.run(() => eks.send(new ListClustersCommand({})));
    const gaps = sentAt.slice(2).map((at, index) => at - (sentAt[index + 1] ?? at));
    expect(gaps[0]).toBeGreaterThan(50);
    expect(gaps.at(-1)).toBe(0);
  });

  test('100 calls against a bucket of 20 a second all get through', async () => {
    let tokens = 20;
    let filledAt = START;
    const clock = createVirtualClock(START);
    const bucket = () => {
      tokens = Math.min(20, tokens + ((clock.now() - filledAt) / 1000) * 20);
      filledAt = clock.now();
      return tokens >= 1 && tokens-- > 0 ? ok : throttled;
    };
    const { runtime } = scriptedAws(bucket, clock, 5);
    const eks = createClients(runtime).eks(placeIn('eu-west-1'));
    const calls = () => Promise.all(Array.from({ length: 100 }, () => eks.send(new ListClustersCommand({}))));
    await expect(clock.run(calls)).resolves.toHaveLength(100);
  });
});

test('clients are kept by region, and signed for it', async () => {
  const regions: string[] = [];
  const clock = createVirtualClock(START);
  const { runtime } = scriptedAws((request) => {
    regions.push(request.headers['authorization']?.split('/')[2] ?? '');
    return ok;
  }, clock);
  const clients = createClients(runtime);
  expect(clients.eks(placeIn('eu-west-1'))).toBe(clients.eks(placeIn('eu-west-1')));
  await clock.run(() => clients.eks(placeIn('us-east-2')).send(new ListClustersCommand({})));
  await clock.run(() => clients.eks(placeIn('eu-west-1')).send(new ListClustersCommand({})));
  expect(regions).toEqual(['us-east-2', 'eu-west-1']);
});

test('without a region of its own it says which variable is missing', () => {
  const { runtime } = scriptedAws(() => ok, createVirtualClock(START));
  expect(() => createClients({ ...runtime, env: {} }).iam()).toThrow('AWS_REGION');
});
