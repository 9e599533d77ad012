import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ATTACKED, EVIL_TRUST, PEOPLE_TRUST, rebindsEnded } from './attacked-world.ts';

const TRUSTED = 'arn:aws:iam::111122223333:role/terraform';

/** The event that told of a recreation, as the bus carried it. */
function creationOf(world: Simulation): string {
  const created = world.aws.events.events.find(({ detail }) => JSON.stringify(detail).includes('"CreateRole"'));
  return JSON.stringify(created);
}

async function startRebind(world: Simulation, input: object): Promise<void> {
  const stateMachineArn = 'arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-rebind-entry';
  const start = new StartExecutionCommand({ stateMachineArn, name: 'by-hand', input: JSON.stringify(input) });
  await world.run(() => world.clients.stepFunctions().send(start));
  await world.quiet();
}

test('an event about a role that never was: no rebind is started', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST });
  await world.quiet();
  const before = world.ran('rebind-entry').length;
  await world.send(JSON.parse(creationOf(world).replaceAll('people', 'nobody')));
  await world.quiet();
  expect(world.ran('rebind-entry')).toHaveLength(before);
});

test('an event about another incarnation than lives: the living one is judged', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await world.send(JSON.parse(creationOf(world).replaceAll(/AROA[A-Z0-9]{17}/g, 'AROAFORGEDFORGEDFORGE')));
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(rebindsEnded(world).map(() => 'NeedsApproval NoRuleMatches'));
  expect(world.authenticates('people')).toBe(401);
});

test('an event that names a trusted creator: it loosens no other rule', async () => {
  const world = await simulate({ ...ATTACKED, environment: { EKS_REBIND_TRUSTED_CREATORS: TRUSTED } });
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await world.send(JSON.parse(creationOf(world).replaceAll('arn:aws:iam::111122223333:root', TRUSTED)));
  await world.quiet();
  expect(rebindsEnded(world).every((end) => end.startsWith('NeedsApproval'))).toBe(true);
  expect(rebindsEnded(world).at(-1)).toBe('NeedsApproval NoRuleMatches');
  expect(world.authenticates('people')).toBe(401);
});

test('an old DeleteRole of a role that lives: it changes no entry and ends no access', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST });
  await world.quiet();
  const deleted = world.aws.events.events.find(({ detail }) => JSON.stringify(detail).includes('"DeleteRole"'));
  const arn = world.standing('people')?.arn;
  await world.pass(86_400);
  await world.send(structuredClone(deleted));
  await world.quiet();
  expect(world.standing('people')?.arn).toBe(arn);
  expect(world.authenticates('people')).toBe(200);
});

test('rebind-entry started with a generation that was never given out: it has no lease', async () => {
  const world = await simulate(ATTACKED);
  const arn = world.standing('people')?.arn;
  const principalArn = world.roleArn('people');
  const incarnation = { principalArn, principalId: 'AROAFORGEDFORGEDFORGE', createdAt: '2026-03-02T08:00:00Z' };
  const entry = world.entry('people');
  await startRebind(world, { schemaVersion: 1, entry, incarnation, generation: 7, cause: { kind: 'person' } });
  expect(rebindsEnded(world)).toEqual(['Superseded LeaseLost']);
  expect(world.standing('people')?.arn).toBe(arn);
});

test('rebind-entry started with the next generation of an entry that was asked about: it has no lease', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  const [asked] = world.ran('rebind-entry');
  const input = JSON.parse(JSON.stringify(asked?.input));
  await startRebind(world, { ...input, generation: 2 });
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches', 'Superseded LeaseLost']);
  expect(world.authenticates('people')).toBe(401);
});
