import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../lib/core/ledger.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate } from '../simulator/simulate.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ATTACKED, EVIL_TRUST, PEOPLE_TRUST, rebindsEnded } from './attacked-world.ts';

/** What write access to the table can do: any change to the record of a role's entry. */
async function forge(world: Simulation, role: string, change: (was: LedgerRecord) => LedgerRecord): Promise<void> {
  const stored = await world.ledger.read(world.entry(role));
  if (!stored) throw new Error(`nothing is known of the entry of ${role}`);
  await world.ledger.write(change(stored.record), stored.version);
}

/** An approval of every open question of the entry, as nobody gave it. */
async function forgeApproval(world: Simulation, role: string): Promise<void> {
  const principal = { partition: 'aws', accountId: '111122223333', kind: 'role' as const, name: role };
  await forge(world, role, (was) => ({ ...was, asked: was.asked.map((one) => ({ ...one, questionId: 'forged' })) }));
  const record = (await world.ledger.read(world.entry(role)))?.record;
  const incarnation = record?.journal?.incarnation;
  if (!record || !incarnation) throw new Error(`nothing was asked about ${role}`);
  const at = new Date(world.clock.now()).toISOString();
  const question = {
    schemaVersion: 1 as const,
    id: 'forged',
    principal,
    incarnation,
    digests: record.asked.map(({ digest }) => digest),
    askedAt: at,
    expiresAt: at,
    answers: [{ verdict: 'approved' as const, by: 'arn:aws:iam::111122223333:user/nobody', at }],
  };
  await world.ledger.writeQuestion(question, 0);
}

/** Where somebody may answer: an approval that nobody could have given counts for nothing. */
const ASKING = { ...ATTACKED, environment: { EKS_REBIND_APPROVERS: 'arn:aws:iam::111122223333:role/approvers' } };

const creationOf = (world: Simulation) =>
  structuredClone(
    world.aws.events.events.findLast(
      ({ source, detail }) => source === 'aws.iam' && JSON.stringify(detail).includes('"CreateRole"'),
    ),
  );

test('a forged approval lets in the role that was asked about: that is what write access to the ledger gains', async () => {
  const world = await simulate(ASKING);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await forgeApproval(world, 'people');
  await world.send(creationOf(world));
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['Unanswered NoRuleMatches', 'Rebound Approved']);
  expect(world.authenticates('people')).toBe(200);
});

test('a record that points to what was approved of somebody else: it approves nothing', async () => {
  const world = await simulate(ASKING);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.recreateRole({ name: 'admins', trust: EVIL_TRUST });
  await world.quiet();
  await forgeApproval(world, 'people');
  // All that it takes is PutItem of records, which most functions have.
  await forge(world, 'admins', (was) => ({
    ...was,
    asked: was.asked.map((one) => ({ ...one, questionId: 'forged' })),
  }));
  await world.send(creationOf(world));
  await world.quiet();
  expect(world.authenticates('admins')).toBe(401);
});

test('a forged approval and an opted-out role: a refusal stands', async () => {
  const world = await simulate(ATTACKED);
  const tags = { 'eks-rebind:opt-out': '' };
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  await forgeApproval(world, 'people');
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST, tags });
  await world.quiet();
  expect(rebindsEnded(world).at(-1)).toBe('Refused OptedOut');
  expect(world.authenticates('people')).toBe(401);
});

test('the role replaced after its approval: what was approved is another incarnation', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'admins', trust: PEOPLE_TRUST });
  await world.quiet();
  await forgeApproval(world, 'admins');
  await world.recreateRole({ name: 'admins', trust: EVIL_TRUST });
  await world.quiet();
  expect(rebindsEnded(world).at(-1)).toBe('NeedsApproval AdminPolicy');
  expect(world.authenticates('admins')).toBe(401);
});

test('the role replaced between an approval and the write: the write does not happen', async () => {
  const world = await simulate(ASKING);
  await world.recreateRole({ name: 'people', trust: trusting({ AWS: '555566667777' }) });
  await world.quiet();
  await forgeApproval(world, 'people');
  let isReplaced = false;
  world.aws.lambda.beforeInvoke(({ functionName }) => {
    if (functionName !== functionOf('DeleteEntry') || isReplaced) return;
    isReplaced = true;
    const iam = world.clients.iam();
    const role = { RoleName: 'people', AssumeRolePolicyDocument: JSON.stringify(EVIL_TRUST) };
    void iam.send(new DeleteRoleCommand(role)).then(() => iam.send(new CreateRoleCommand(role)));
  });
  await world.send(creationOf(world));
  await world.quiet();
  expect(isReplaced).toBe(true);
  expect(world.authenticates('people')).toBe(401);
});

test.each(['people', 'admins'])(
  'a forged approval of %s where nobody may be asked: it counts for nothing',
  async (role) => {
    const world = await simulate(ATTACKED);
    await world.recreateRole({ name: role, trust: EVIL_TRUST });
    await world.quiet();
    await forgeApproval(world, role);
    await world.send(creationOf(world));
    await world.quiet();
    expect(rebindsEnded(world).map((end) => end.split(' ')[0])).toEqual(['NeedsApproval', 'NeedsApproval']);
    expect(world.authenticates(role)).toBe(401);
  },
);

test('a trust policy forged into the record as the bound one: it gains what an approval would, for people', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  const [asked] = world.ran('rebind-entry');
  const [, fingerprint = ''] = /"fingerprint":"([0-9a-f]{64})"/.exec(JSON.stringify(asked?.output)) ?? [];
  await forge(world, 'people', (was) => ({ ...was, boundFingerprint: fingerprint }));
  await world.send(creationOf(world));
  await world.quiet();
  expect(rebindsEnded(world).at(-1)).toBe('Rebound StandardOnBoundTrust');
});

test('the same for an administrator: a person is asked', async () => {
  const world = await simulate(ATTACKED);
  await world.recreateRole({ name: 'admins', trust: EVIL_TRUST });
  await world.quiet();
  const fingerprint = (await world.ledger.read(world.entry('admins')))?.record.boundFingerprint ?? '';
  await forge(world, 'admins', (was) => ({ ...was, asked: [], boundFingerprint: fingerprint }));
  await world.send(creationOf(world));
  await world.quiet();
  expect(rebindsEnded(world).at(-1)).toBe('NeedsApproval AdminPolicy');
  expect(world.authenticates('admins')).toBe(401);
});
