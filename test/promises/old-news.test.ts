import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import type { Simulation } from '../simulator/simulate.ts';
import { judge } from './judge.ts';
import { beforeStory, recreateAndSettle } from './story.ts';

const ROLE = { name: 'people', path: '/team/orders/' };

/** The events about the role that CloudTrail told so far, oldest first, as the bus carried them. */
const eventsAbout = (world: Simulation) =>
  world.aws.events.events.filter(({ source }) => source === 'aws.iam').map((event) => structuredClone(event));

const rebindEnds = (world: Simulation) => world.ran('rebind-entry').map(({ end }) => end);

test('every event again, in every order, long after: no entry is touched a second time', async () => {
  const { world, before } = await beforeStory();
  await recreateAndSettle(world);
  const arn = world.standing('people')?.arn;
  const events = eventsAbout(world);
  expect(events.length).toBeGreaterThanOrEqual(2);

  await world.pass(3 * 86_400);
  for (const event of [...events, ...events.toReversed(), ...events]) await world.send(event);
  await world.quiet();

  expect(world.standing('people')?.arn).toBe(arn);
  expect(rebindEnds(world)).toEqual(['Rebound']);
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 })).toEqual([]);
});

test('the events of an earlier recreation after a later one: only the living role counts', async () => {
  const { world, before } = await beforeStory();
  await recreateAndSettle(world);
  const old = eventsAbout(world);
  await recreateAndSettle(world);
  const arn = world.standing('people')?.arn;
  for (const event of old) await world.send(event);
  await world.quiet();

  expect(world.standing('people')?.arn).toBe(arn);
  expect(world.authenticates('people')).toBe(200);
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 2 })).toEqual([]);
});

test('a forged event with an id that never was: the living role and the ledger decide', async () => {
  const { world, before } = await beforeStory();
  await recreateAndSettle(world);
  const arn = world.standing('people')?.arn;
  const [forged] = eventsAbout(world).filter(({ detail }) => JSON.stringify(detail).includes('roleId'));
  const text = JSON.stringify(forged).replaceAll(/AROA[A-Z0-9]{17}/g, 'AROAFORGEDFORGEDFORGE');
  await world.send(JSON.parse(text));
  await world.quiet();

  expect(world.standing('people')?.arn).toBe(arn);
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 })).toEqual([]);
});

test('a redrive of an execution that a later recreation has overtaken: superseded, nothing written', async () => {
  const { world, before } = await beforeStory();
  const broken = world.aws.faults.inject({
    operation: 'CreateAccessEntry',
    // Preflight's probe passes, since the entry still stands.
    when: () => world.standing('people') === undefined,
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole(ROLE);
  await world.quiet();
  const [failed] = world.ran('rebind-entry');
  expect(failed?.end).toBe('FAILED AwsUnavailable');

  broken.lift();
  await world.recreateRole(ROLE);
  await world.quiet();
  expect(rebindEnds(world)).toEqual(['FAILED AwsUnavailable', 'NeedsApproval']);
  await world.redrive(failed?.arn ?? '');
  await world.quiet();

  expect(rebindEnds(world)).toEqual(['Superseded', 'NeedsApproval']);
  expect(world.standing('people')).toBeUndefined();
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 2 })).toEqual([]);
});

test('an execution started by hand, with the input of one that is done: it never had the lease', async () => {
  const { world, before } = await beforeStory();
  await recreateAndSettle(world);
  const arn = world.standing('people')?.arn;
  const [done] = world.ran('rebind-entry');
  const stateMachineArn = done?.arn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
  const start = new StartExecutionCommand({ stateMachineArn, name: 'by-hand', input: JSON.stringify(done?.input) });
  await world.run(() => world.clients.stepFunctions().send(start));
  await world.quiet();

  expect(rebindEnds(world)).toEqual(['Rebound', 'Superseded']);
  expect(world.standing('people')?.arn).toBe(arn);
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 })).toEqual([]);
});
