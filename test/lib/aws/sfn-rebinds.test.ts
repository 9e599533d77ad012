import { expect, test } from 'vitest';
import type { RebindInput } from '../../../lib/core/ports.ts';
import { ACCOUNT, adapterWorld, entryOf } from './adapter-world.ts';

const input: RebindInput = {
  schemaVersion: 1,
  entry: entryOf('people'),
  incarnation: { principalArn: 'arn', principalId: 'AROA1', createdAt: '2026-03-01T12:00:00Z' },
  generation: 1,
  cause: { kind: 'person' },
};

/** A `rebind-entry` that takes ten minutes and ends as told. */
function worldWith(end: object) {
  const made = adapterWorld('rebinds');
  const states = { Wait: { Type: 'Wait', Seconds: 600, Next: 'End' }, End: end };
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Wait', States: states });
  made.aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: {},
    stateMachines: { 'rebind-entry': { definition, statements: [] } },
    rules: {},
  });
  return { ...made, wait: (seconds: number) => made.run(() => made.clock.pause(seconds * 1000)) };
}

const rebound = { Type: 'Succeed', Output: { name: 'Rebound' } };

test('starts an execution under the name it is given, and knows its ARN beforehand', async () => {
  const { aws, port, run } = worldWith(rebound);
  await expect(run(() => port.start('one', input))).resolves.toBe('started');
  const [execution] = aws.stepFunctions.world.executions.values();
  expect(execution).toMatchObject({ arn: port.executionArn('one'), input });
});

test('started twice while it runs is one execution', async () => {
  const { aws, port, run } = worldWith(rebound);
  await run(() => port.start('one', input));
  await expect(run(() => port.start('one', input))).resolves.toBe('started');
  expect(aws.stepFunctions.world.executions.size).toBe(1);
});

test.each([
  ['has ended', 700, input],
  ['has another input', 0, { ...input, generation: 2 }],
])('of a name whose execution %s already exists', async (_, seconds, again) => {
  const { port, run, wait } = worldWith(rebound);
  await run(() => port.start('one', input));
  await wait(seconds);
  await expect(run(() => port.start('one', again))).resolves.toBe('already-exists');
});

test('describes an execution: running, then with its outcome', async () => {
  const { port, run, wait } = worldWith(rebound);
  await run(() => port.start('one', input));
  await expect(run(() => port.describe('one'))).resolves.toEqual({ status: 'RUNNING' });
  await wait(700);
  await expect(run(() => port.describe('one'))).resolves.toEqual({ status: 'SUCCEEDED', outcome: 'Rebound' });
});

test('describes one that failed, in time and too late to redrive it, or whose output has no name, without an outcome', async () => {
  const failed = worldWith({ Type: 'Fail', Error: 'CannotRecreate' });
  await failed.run(() => failed.port.start('one', input));
  await failed.wait(700);
  await expect(failed.run(() => failed.port.describe('one'))).resolves.toEqual({ status: 'FAILED' });

  await failed.wait(14 * 86_400);
  await expect(failed.run(() => failed.port.describe('one'))).resolves.toEqual({
    status: 'FAILED',
    isRedrivable: false,
  });

  const odd = worldWith({ Type: 'Succeed', Output: [1] });
  await odd.run(() => odd.port.start('one', input));
  await odd.wait(700);
  await expect(odd.run(() => odd.port.describe('one'))).resolves.toEqual({ status: 'SUCCEEDED' });
});
