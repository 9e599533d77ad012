import { expect, test } from 'vitest';
import { ACCOUNT } from '../simulator/world-options.ts';
import { ends } from '../statemachines/ends.ts';
import { ADMINS, ANN, APPROVERS, approvalWorld } from './approval-world.ts';

const GRACE = `arn:aws:iam::${ACCOUNT}:user/grace`;

test('an approval by whoever made the role counts for nothing, though its event came after the answer', async () => {
  const world = await approvalWorld({ environment: { EKS_REBIND_APPROVERS: `${APPROVERS},${GRACE}` } });
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  expect(await world.answer('approve', ANN)).toMatchObject({ statusCode: 200 });

  const stored = await world.ledger.read(world.entry('admins'));
  const actors = [{ did: 'created', actorArn: ANN, at: new Date(world.clock.now()).toISOString() } as const];
  if (stored) await world.ledger.write({ ...stored.record, actors }, stored.version);
  await world.pass(600);
  expect(ends(world.ran('rebind-entry'))).toEqual(['RUNNING']);
  expect(world.authenticates('admins')).toBe(401);

  expect(await world.answer('approve', GRACE)).toMatchObject({ statusCode: 200 });
  await world.quiet();
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  expect(world.authenticates('admins')).toBe(200);
});
