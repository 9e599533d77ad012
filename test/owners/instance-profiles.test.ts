import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { rulesOf } from '../statemachines/ends.ts';

const inProfile = { InstanceProfileName: 'eks-nodes', RoleName: 'nodes' };

/** Recreates the node role as IAM makes people do it: out of its instance profile first. */
async function recreated(putsItBack: boolean, world: Simulation) {
  const iam = world.clients.iam();
  await world.run(() => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'eks-nodes' })));
  await world.run(() => iam.send(new AddRoleToInstanceProfileCommand(inProfile)));
  await world.run(() => iam.send(new RemoveRoleFromInstanceProfileCommand(inProfile)));
  await world.recreateRole({ name: 'nodes' });
  if (putsItBack) await world.run(() => iam.send(new AddRoleToInstanceProfileCommand(inProfile)));
  await world.quiet();
  return world.ran('rebind-entry').at(-1);
}

test('a node role that was not put back into its instance profile is rebound, and its end says so', async () => {
  const ran = await recreated(false, await simulate());
  expect(ran?.end).toBe('Rebound');
  expect(rulesOf(ran)).toContain('NoInstanceProfile');
});

test('one that was put back is rebound without a word on it', async () => {
  const ran = await recreated(true, await simulate());
  expect(ran?.end).toBe('Rebound');
  expect(rulesOf(ran)).not.toContain('NoInstanceProfile');
});

test('IAM that doesn’t let us read them doesn’t keep the entry from being rebound', async () => {
  const world = await simulate();
  const effect = { kind: 'fault', name: 'AccessDenied', message: 'not authorized' } as const;
  world.aws.faults.inject({ operation: 'ListInstanceProfilesForRole', effect });
  const ran = await recreated(true, world);
  expect(ran?.end).toBe('Rebound');
  expect(rulesOf(ran)).toContain('InstanceProfilesUnread');
});

test('IAM that is busy is asked again', async () => {
  const world = await simulate();
  const busy = { operation: 'ListInstanceProfilesForRole', times: 9, effect: { kind: 'throttle' } } as const;
  const fault = world.aws.faults.inject(busy);
  const ran = await recreated(true, world);
  expect(ran?.end).toBe('Rebound');
  expect(rulesOf(ran)).not.toContain('NoInstanceProfile');
  expect(fault.count).toBe(9);
});
