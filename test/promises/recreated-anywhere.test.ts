import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, expect, test } from 'vitest';
import type { Simulation } from '../simulator/simulate.ts';
import { NODE_TRUST } from '../simulator/world-options.ts';
import { at } from './interruptions.ts';
import { judge } from './judge.ts';
import { pointsTable } from './points-table.ts';
import { beforeStory, recreateAndSettle, undisturbedCalls } from './story.ts';

const calls = await undisturbedCalls();
const table = pointsTable(`a rebind whose role is touched at each of its ${calls.length} AWS calls`);
afterAll(() => table.print());

const role = { RoleName: 'people', Path: '/team/orders/', AssumeRolePolicyDocument: JSON.stringify(NODE_TRUST) };

async function deleteRole({ clients }: Simulation): Promise<void> {
  await clients.iam().send(new DeleteRoleCommand(role));
}

async function recreateRole(world: Simulation): Promise<void> {
  await deleteRole(world);
  await world.clock.pause(2000);
  await world.clients.iam().send(new CreateRoleCommand(role));
}

test('the role recreated again at every call: the entry works for the latest role, or a person is asked with nothing lost', async () => {
  const broken: string[] = [];
  for (const [index, operation] of calls.entries()) {
    const { world, before } = await beforeStory();
    at(world, index + 1, () => void recreateRole(world));
    await recreateAndSettle(world);
    const breaches = await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 2 });
    const ends = world.ran('rebind-entry').map(({ end }) => end);
    const works = world.authenticates('people') === 200;
    const end = works ? 'works for the latest role' : (ends.at(-1) ?? 'nothing started');
    table.add('role recreated again', end);
    if (breaches.length > 0 || !(works || end === 'NeedsApproval')) {
      broken.push(`${index + 1} ${operation}: ${ends.join()} ${JSON.stringify(breaches)}`);
    }
  }
  expect(table.count('role recreated again')).toBe(calls.length);
  expect(broken).toEqual([]);
}, 120_000);

test('the role deleted for good at every call: nothing is lost, and nothing runs on for ever', async () => {
  const broken: string[] = [];
  for (const [index, operation] of calls.entries()) {
    const { world, before } = await beforeStory();
    at(world, index + 1, () => void deleteRole(world));
    await recreateAndSettle(world);
    const breaches = await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 });
    table.add('role deleted for good', world.ran('rebind-entry').at(-1)?.end ?? 'nothing started');
    if (breaches.length > 0) broken.push(`${index + 1} ${operation}: ${JSON.stringify(breaches)}`);
  }
  expect(broken).toEqual([]);
}, 120_000);
