import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ATTACKED, EVIL_TRUST, PEOPLE_TRUST, rebindsEnded } from './attacked-world.ts';

test.each([
  ['nodes', 'NeedsApproval NoRuleMatches'],
  ['people', 'NeedsApproval NoRuleMatches'],
  ['admins', 'NeedsApproval AdminPolicy'],
])('%s recreated with a trust policy that lets the attacker in: a person is asked', async (name, end) => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name, trust: EVIL_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual([end]);
  expect(world.authenticates(name)).toBe(401);
});

test('an administrator recreated with the very same trust policy: a person is asked all the same', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'admins', trust: PEOPLE_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval AdminPolicy']);
  expect(world.authenticates('admins')).toBe(401);
});

test('a trust policy that hides a second principal behind the first: a person is asked', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'nodes', trust: trusting({ Service: 'ec2.amazonaws.com', AWS: '444455556666' }) });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches']);
  expect(world.authenticates('nodes')).toBe(401);
});

test.each([
  ['another path', { name: 'people', path: '/evil/', trust: PEOPLE_TRUST }],
  ['another case', { name: 'People', trust: PEOPLE_TRUST }],
])('%s than the entry names: refused, since the entry is of another ARN', async (_what, role) => {
  const world = await simulate(ATTACKED);
  await world.deleteRole('people');
  await world.pass(5);
  await world.createRole(role);
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['Refused ArnDiffers']);
  expect(world.authenticates('people')).toBe(401);
});

test('a role whose owner opted it out by a tag of its own: refused', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST, tags: { 'eks-rebind:opt-out': 'true' } });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['Refused OptedOut']);
  expect(world.authenticates('people')).toBe(401);
});

test('the evil trust policy written into the new role while it settles: a person is asked', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST });
  await world.pass(60);
  const change = { RoleName: 'people', PolicyDocument: JSON.stringify(EVIL_TRUST) };
  await world.run(() => world.clients.iam().send(new UpdateAssumeRolePolicyCommand(change)));
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches']);
  expect(world.authenticates('people')).toBe(401);
});
