import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ATTACKED, EVIL_TRUST, PEOPLE_TRUST, rebindsEnded } from './attacked-world.ts';

const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';

test('evil trust, wait for the inventory to learn it, recreate again: it learns nothing of a stale entry', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await world.pass(3600);
  await world.takeInventory();
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches', 'NeedsApproval AskedBefore']);
  expect(world.authenticates('people')).toBe(401);
});

test('evil trust, asked about, then recreated as it always was: the question sticks', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches', 'NeedsApproval AskedBefore']);
  expect(world.authenticates('people')).toBe(401);
});

test('a node role of the good trust with the evil one in between: the template does not launder it', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'nodes', trust: EVIL_TRUST });
  await world.quiet();
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches', 'NeedsApproval AskedBefore']);
  expect(world.authenticates('nodes')).toBe(401);
});

test('a role that the administrators’ role trusts is recreated, then the administrators’: a person is asked', async () => {
  const trust = trusting({ AWS: DEPLOYER });
  const world = await simulate({
    roles: [
      { name: 'deployer', trust: PEOPLE_TRUST },
      { name: 'admins', trust },
    ],
    entries: [{ role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } }],
    environment: { EKS_REBIND_ADMIN_ENTRIES: 'rebind' },
  });
  await world.recreateRole({ name: 'deployer', trust: EVIL_TRUST });
  await world.quiet();
  await world.recreateRole({ name: 'admins', trust });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval AdminPolicy']);
  expect(world.authenticates('admins')).toBe(401);
});

test('the same without the nesting, where settings allow it: the administrators are rebound', async () => {
  const trust = trusting({ AWS: DEPLOYER });
  const world = await simulate({
    roles: [
      { name: 'deployer', trust: PEOPLE_TRUST },
      { name: 'admins', trust },
    ],
    entries: [{ role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } }],
    environment: { EKS_REBIND_ADMIN_ENTRIES: 'rebind' },
  });
  await world.recreateRole({ name: 'admins', trust });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['Rebound AdminOnBoundTrust']);
  expect(world.authenticates('admins')).toBe(200);
});
