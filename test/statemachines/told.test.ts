import { describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../simulator/simulate.ts';

const announced = (world: Simulation) => world.aws.events.events.filter(({ source }) => source === 'eks-rebind');

async function rebound(world: Simulation) {
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(world.ran('rebind-entry')).toMatchObject([{ end: 'Rebound' }]);
  return world.aws.sns.messages;
}

test('people get one notification of a rebind, which names the execution', async () => {
  const world = await simulate();
  const messages = await rebound(world);
  expect(messages).toMatchObject([{ subject: 'eks-rebind: Rebound: nodes in prod' }]);
  expect(messages[0]?.message).toContain(`Execution: ${world.ran('rebind-entry')[0]?.arn}`);
  expect(announced(world)).toHaveLength(1);
});

describe('a notification that fails', () => {
  // More often than the step's own retries last: the step is run again as a whole.
  const TIMES = 12;

  test('before it is sent is tried again, and comes once; programs hear twice', async () => {
    const world = await simulate();
    world.aws.faults.inject({ operation: 'Publish', effect: { kind: 'unavailable' }, times: TIMES });
    expect(await rebound(world)).toHaveLength(1);
    expect(announced(world).length).toBeGreaterThan(1);
  });

  test('because the event could not be put is not sent before it was', async () => {
    const world = await simulate();
    world.aws.faults.inject({ operation: 'PutEvents', effect: { kind: 'unavailable' }, times: TIMES });
    expect(await rebound(world)).toHaveLength(1);
    expect(announced(world)).toHaveLength(1);
  });
});

test('an orphan is told to people, too', async () => {
  const world = await simulate();
  await world.deleteRole('nodes');
  await world.quiet();
  expect(world.aws.sns.messages).toMatchObject([{ subject: 'eks-rebind: Orphaned: nodes in prod' }]);
});
