import { expect, test } from 'vitest';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate } from '../simulator/simulate.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ATTACKED, EVIL_TRUST } from './attacked-world.ts';

const MACHINE = 'arn:aws:states:us-east-1:111122223333:execution:eks-rebind-rebind-entry:';
// Where nobody may rebind an administrator, the functions that would are not even deployed.
const WORLD = { ...ATTACKED, environment: { EKS_REBIND_ADMIN_ENTRIES: 'rebind' } };
const WRITERS = [
  'DeleteEntry',
  'CreateEntry',
  'AssociatePolicies',
  'AssociateAdminPolicies',
  'Preflight',
  'PreflightAdmin',
  'VerifyEntry',
];

/** What a step is told, for an entry of the role as it lives now. */
async function forged(world: Simulation, more: { readonly generation: number; readonly holder: string }) {
  const journal = { entry: world.entry('people'), ...more };
  const record = await world.ledger.read(world.entry('people'));
  const incarnation = record?.record.journal?.incarnation ?? {
    principalArn: world.roleArn('people'),
    principalId: 'AROAFORGEDFORGEDFORGE',
    createdAt: '2026-03-02T08:00:00Z',
  };
  const now = new Date(world.clock.now()).toISOString();
  return { schemaVersion: 1, journal, incarnation, cause: { kind: 'person' }, now };
}

test.each(WRITERS)('%s invoked with a journal key that nobody gave out: it has no lease', async (step) => {
  const world = await simulate(WORLD);
  const before = world.standing('people');
  const input = await forged(world, { generation: 1, holder: `${MACHINE}made-up` });
  const { payload, error } = await world.run(() => world.aws.lambda.invoke(functionOf(step), input));
  expect(error).toBeUndefined();
  expect(payload).toMatchObject({ outcome: { name: 'Superseded', reasons: [{ rule: 'LeaseLost' }] } });
  expect(world.standing('people')).toEqual(before);
});

test.each(WRITERS)('%s invoked with the key of a rebind that was asked about: its end stands', async (step) => {
  const world = await simulate(WORLD);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  const before = world.standing('people');
  const [asked] = world.ran('rebind-entry');
  const input = await forged(world, { generation: 1, holder: asked?.arn ?? '' });
  const { payload } = await world.run(() => world.aws.lambda.invoke(functionOf(step), input));
  expect(JSON.stringify(payload)).toMatch(/^.{0,80}"NeedsApproval","reasons":\[\{"rule":"NoRuleMatches"/);
  expect(world.standing('people')).toEqual(before);
  expect(world.authenticates('people')).toBe(401);
});

test.each(WRITERS)(
  '%s invoked in the middle of a rebind, after the role was recreated for the worse: no access',
  async (step) => {
    const world = await simulate(WORLD);
    await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
    await world.pass(30);
    const input = await forged(world, { generation: 1, holder: `${MACHINE}made-up` });
    await world.run(() => world.aws.lambda.invoke(functionOf(step), input));
    await world.quiet();
    expect(world.authenticates('people')).toBe(401);
  },
);
