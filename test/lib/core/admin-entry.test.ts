import { describe, expect, test } from 'vitest';
import { associateAdminPolicies } from '../../../lib/core/associate-admin-policies.ts';
import { associatePolicies } from '../../../lib/core/associate-policies.ts';
import type { RebindInput } from '../../../lib/core/ports.ts';
import { preflight } from '../../../lib/core/preflight.ts';
import { preflightAdmin } from '../../../lib/core/preflight-admin.ts';
import type { PolicyAssociation } from '../../../lib/core/shapes.ts';
import type { StepInput } from '../../../lib/core/step-result.ts';
import { ADMIN, EDIT, fakeWorld, VIEW } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import {
  advanceTo,
  changeJournal,
  recordOf,
  roleMadeAnew,
  runRebind,
  runStep,
  said,
  startRebind,
} from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

/** A person's entry with these policies, stale; administrators are rebound without asking. */
async function stale(policies: readonly PolicyAssociation[]) {
  const calls: string[] = [];
  const tap: Tap = { before: (call) => void calls.push(call) };
  const world = fakeWorld(tap);
  Object.assign(world.bare.settings, { adminEntries: 'rebind' });
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({}, policies);
  await roleMadeAnew(world);
  return { world, input: await startRebind(world), calls };
}

async function inputOf(world: FakeWorld, { entry, incarnation, generation, cause }: RebindInput): Promise<StepInput> {
  const holder = (await recordOf(world)).journal?.holder ?? '';
  return { schemaVersion: 1, journal: { entry, generation, holder }, incarnation, cause, now: world.tick(1) };
}

const admin = (type: 'cluster' | 'namespace', namespaces?: string[]): PolicyAssociation => ({
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
  accessScope: { type, ...(namespaces && { namespaces }) },
});

test.each([
  ['none', [], false],
  ['view and edit', [VIEW, EDIT], false],
  ['cluster admin beside view', [VIEW, ADMIN], true],
  ['admin in the whole cluster', [admin('cluster')], true],
  ['admin in every namespace', [admin('namespace', ['*'])], true],
  ['admin in one namespace', [admin('namespace', ['shop'])], false],
])('InspectEntry tells by the policies whose hands the entry belongs into: %s', async (_what, policies, isAdmin) => {
  const { world, input } = await stale(policies);
  expect(await runStep(world, 'InspectEntry', { input })).toMatchObject({ next: 'continue', admin: isAdmin });
});

describe('an entry of an administrator past its delete', () => {
  test('is one by its snapshot, though it stands without its policies', async () => {
    const { world, input } = await stale([ADMIN]);
    await advanceTo(world, 'AssociatePolicies', input);
    expect(world.standing()?.policies).toEqual([]);
    expect(await runStep(world, 'InspectEntry', { input })).toMatchObject({ next: 'continue', admin: true });
  });

  test('is one by its snapshot, though our new entry was not noted', async () => {
    const { world, input } = await stale([ADMIN]);
    await advanceTo(world, 'AssociatePolicies', input);
    await changeJournal(world, { phase: 'deleting', newEntryArn: 'arn:unknown' });
    expect(await runStep(world, 'InspectEntry', { input })).toMatchObject({ next: 'continue', admin: true });
  });

  test('is one by its snapshot, though nothing stands', async () => {
    const { world, input } = await stale([ADMIN]);
    await advanceTo(world, 'CreateEntry', input);
    expect(world.standing()).toBeUndefined();
    expect(await runStep(world, 'InspectEntry', { input })).toMatchObject({ next: 'continue', admin: true });
  });
});

describe.each([
  ['Preflight', preflight, [ADMIN]],
  ['PreflightAdmin', preflightAdmin, [VIEW]],
] as const)('%s', (_name, run, policies) => {
  test('sends an entry that is not for its hands back, and writes nothing', async () => {
    const { world, input, calls } = await stale(policies);
    await advanceTo(world, 'Preflight', input);
    const stepInput = await inputOf(world, input);
    calls.length = 0;
    expect(said(await run(stepInput, world.ports))).toBe('inspect-again');
    expect(calls.filter((call) => /create|associate|delete$|write/.test(call))).toEqual([]);
  });
});

describe.each([
  ['AssociatePolicies', associatePolicies, [ADMIN]],
  ['AssociateAdminPolicies', associateAdminPolicies, [VIEW]],
] as const)('%s', (_name, run, policies) => {
  test('sends an entry that is not for its hands back, and gives it nothing', async () => {
    const { world, input } = await stale(policies);
    await advanceTo(world, 'AssociatePolicies', input);
    expect(said(await run(await inputOf(world, input), world.ports))).toBe('inspect-again');
    expect(world.standing()?.policies).toEqual([]);
  });
});

test('an administrator of more than one policy gets all of them back', async () => {
  const { world, input } = await stale([ADMIN, VIEW]);
  await expect(runRebind(world, input)).resolves.toMatchObject({ name: 'Rebound' });
  expect(world.standing()?.policies).toEqual([ADMIN, VIEW]);
});
