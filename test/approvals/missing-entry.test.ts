import { expect, test } from 'vitest';
import { ADMINS, approvalWorld, type ApprovalWorld, DAY } from './approval-world.ts';

/** An entry that a rebind deleted and could not make again, so that people are asked about it by the sweep. */
async function missing() {
  const world = await approvalWorld({ environment: { EKS_REBIND_ADMIN_ENTRIES: 'rebind' } });
  const was = world.standing('admins');
  const broken = world.aws.faults.inject({
    operation: 'CreateAccessEntry',
    when: () => world.standing('admins') === undefined,
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole(ADMINS);
  await world.quiet();
  broken.lift();
  await world.pass(7200);
  await world.takeInventory();
  await world.untilAsked();
  expect(world.standing('admins')).toBeUndefined();
  return { world, was };
}

test.each<[string, string, (world: ApprovalWorld) => Promise<unknown>]>([
  ['was not answered', 'Unanswered', (world) => world.pass(DAY + 60)],
  ['was denied', 'Denied', (world) => world.answer('deny')],
])('an entry that is gone, whose question %s: a later yes lets the next sweep make it', async (_what, end, wait) => {
  const { world, was } = await missing();
  await wait(world);
  await world.quiet();
  await world.takeInventory();
  await world.quiet();
  expect(world.ran('rebind-entry').at(-1)).toMatchObject({ end });
  expect(JSON.stringify(world.ran('rebind-entry').at(-1)?.output)).toContain('JournalOpen');
  expect(world.standing('admins')).toBeUndefined();

  expect(await world.answer('approve')).toMatchObject({ statusCode: 200 });
  await world.takeInventory();
  await world.quiet();
  expect(world.ran('rebind-entry').at(-1)).toMatchObject({ end: 'Rebound' });
  const policies = was?.policies.map(({ policyArn, scope }) => ({ policyArn, scope }));
  expect(world.standing('admins')).toMatchObject({ type: was?.type, policies });
  expect(world.authenticates('admins')).toBe(200);
  expect(world.sent).toHaveLength(1);
});
