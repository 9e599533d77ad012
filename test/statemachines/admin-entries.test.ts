import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ends } from './ends.ts';

const people = { name: 'people', trust: trusting({ AWS: 'arn:aws:iam::111122223333:root' }) };

/** Recreates the role of an entry with these policies; answers the steps that its rebind went through. */
async function rebound(policies: Record<string, string[]>) {
  const world = await simulate({
    roles: [people],
    entries: [{ role: 'people', type: 'STANDARD', policies }],
    environment: { EKS_REBIND_ADMIN_ENTRIES: 'rebind' },
  });
  await world.recreateRole(people);
  await world.quiet();
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  expect(world.authenticates('people')).toBe(200);
  const lines = world.lines.map((line): { step?: string } => JSON.parse(line));
  return { world, steps: lines.map(({ step }) => step) };
}

test('an entry of an administrator goes through the functions that are made for it, and no others', async () => {
  const { world, steps } = await rebound({ AmazonEKSClusterAdminPolicy: [], AmazonEKSViewPolicy: [] });
  expect(steps).toEqual(expect.arrayContaining(['PreflightAdmin', 'AssociateAdminPolicies']));
  expect(steps).not.toContain('Preflight');
  expect(steps).not.toContain('AssociatePolicies');
  expect(world.standing('people')?.policies).toHaveLength(2);
});

test('an entry of anybody else never meets them', async () => {
  const { steps } = await rebound({ AmazonEKSAdminPolicy: ['shop'] });
  expect(steps).toEqual(expect.arrayContaining(['Preflight', 'AssociatePolicies']));
  expect(steps).not.toContain('PreflightAdmin');
  expect(steps).not.toContain('AssociateAdminPolicies');
});
