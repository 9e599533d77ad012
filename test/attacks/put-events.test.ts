import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ATTACKED, EVIL_TRUST } from './attacked-world.ts';

/** The event of the recreation once more, from this source. */
async function putAs(world: Simulation, source: string) {
  const created = world.aws.events.events.find(({ detail }) => JSON.stringify(detail).includes('"CreateRole"'));
  const entry = { Source: source, DetailType: 'AWS API Call via CloudTrail', Detail: JSON.stringify(created?.detail) };
  const { Entries } = await world.run(() =>
    world.clients.eventBridge().send(new PutEventsCommand({ Entries: [entry] })),
  );
  await world.quiet();
  return Entries?.[0]?.ErrorCode;
}

test('an event put as aws.iam: the bus refuses it', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  const before = world.ran('role-changed').length;
  expect(await putAs(world, 'aws.iam')).toBe('NotAuthorizedForSourceException');
  expect(world.ran('role-changed')).toHaveLength(before);
});

test.each(['AWS.iam', 'aws-iam', 'my.aws.iam', 'eks-rebind'])(
  'an event put as %s: no rule takes it',
  async (source) => {
    const world = await simulate(ATTACKED);
    await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
    await world.quiet();
    const before = world.ran('role-changed').length;
    expect(await putAs(world, source)).toBeUndefined();
    expect(world.ran('role-changed')).toHaveLength(before);
  },
);
