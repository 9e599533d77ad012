import { describe, expect, test } from 'vitest';
import { ownerOf } from '../simulator/owner.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ends, rulesOf } from '../statemachines/ends.ts';

const people = { name: 'people', trust: trusting({ AWS: 'arn:aws:iam::111122223333:root' }) };
const policies = { AmazonEKSViewPolicy: [], AmazonEKSEditPolicy: ['dev'] };
const entry = { role: 'people', type: 'STANDARD', groups: ['devs'], tags: { team: 'a' }, policies };
const removing = { EKS_REBIND_ORPHANS: 'remove' };

const world = (environment = {}, more = {}) =>
  simulate({ roles: [people], entries: [{ ...entry, ...more }], environment });

/** Lets the role be deleted and stay away until all has been followed up. */
async function staysAway(simulation: Simulation): Promise<Simulation> {
  await simulation.deleteRole('people');
  await simulation.quiet();
  return simulation;
}

const toldOf = ({ aws }: Simulation) =>
  aws.events.events
    .filter(({ source }) => source === 'eks-rebind')
    .map(({ detail }) => detail['outcome'])
    .map((outcome) => (typeof outcome === 'object' && outcome !== null && 'name' in outcome ? outcome.name : outcome));

const followedUp = (simulation: Simulation) => simulation.ran('role-changed').at(-1)?.output['entries'];
const journalOf = async (simulation: Simulation) =>
  (await simulation.ledger.read(simulation.entry('people')))?.record.journal;

describe('a role that comes back within the grace', () => {
  test('is rebound by the event of its creation; the deletion’s own execution only sees that it is back', async () => {
    const ran = await world(removing);
    await ran.recreateRole(people, 600);
    await ran.quiet();
    expect(ends(ran.ran('role-changed'))).toEqual(['PrincipalReturned', 'RebindsStarted']);
    expect(ends(ran.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(ran.authenticates('people')).toBe(200);
    expect(toldOf(ran)).toEqual(['Rebound']);
  });

  test('but that IAM fails to show once loses nothing', async () => {
    const ran = await world(removing);
    await ran.recreateRole(people, 600);
    await ran.pass(280);
    const hidden = ran.aws.faults.inject({
      operation: 'GetRole',
      times: 1,
      effect: { kind: 'fault', name: 'NoSuchEntityException', message: 'The role with name people cannot be found.' },
    });
    await ran.quiet();
    expect(hidden.count).toBe(1);
    expect(ends(ran.ran('role-changed'))).toEqual(['PrincipalReturned', 'RebindsStarted']);
    expect(ran.authenticates('people')).toBe(200);
  });
});

describe('a role that stays away', () => {
  test('has its entries reported once, and left as they are', async () => {
    const simulation = await world();
    const before = simulation.standing('people');
    await staysAway(simulation);
    expect(ends(simulation.ran('role-changed'))).toEqual(['Orphaned']);
    expect(followedUp(simulation)).toEqual([
      { schemaVersion: 1, entry: simulation.entry('people'), status: 'reported' },
    ]);
    expect(simulation.standing('people')).toEqual(before);
    expect(toldOf(simulation)).toEqual(['Orphaned']);
  });

  test('has them removed where settings ask for it; when it is back, a person is asked and nothing is made', async () => {
    const simulation = await staysAway(await world(removing));
    expect(followedUp(simulation)).toMatchObject([{ status: 'removed' }]);
    expect(simulation.standing('people')).toBeUndefined();
    expect(await journalOf(simulation)).toMatchObject({
      phase: 'closed',
      snapshot: { kubernetesGroups: ['devs'], tags: { team: 'a' }, policies: [{}, {}] },
      outcome: { name: 'OrphanRemoved' },
    });

    await simulation.createRole(people);
    await simulation.quiet();
    const [asked] = simulation.ran('rebind-entry');
    expect(asked?.end).toBe('NeedsApproval');
    expect(rulesOf(asked)).toContain('ResumedDelete');
    expect(simulation.standing('people')).toBeUndefined();
    expect(toldOf(simulation)).toEqual(['OrphanRemoved', 'NeedsApproval']);
  });

  test.each([
    ['opted out by a tag', {}, { tags: { 'eks-rebind:opt-out': 'yes' } }],
    ['opted out by the list', { EKS_REBIND_OPT_OUT: 'arn:aws:iam::111122223333:role/people' }, {}],
    ['in mode ask', { EKS_REBIND_MODE: 'ask' }, {}],
    ['in mode report', { EKS_REBIND_MODE: 'report' }, {}],
  ])('keeps an entry that is not ours to remove: %s', async (_, environment, more) => {
    const simulation = await staysAway(await world({ ...removing, ...environment }, more));
    expect(followedUp(simulation)).toMatchObject([{ status: 'reported' }]);
    expect(simulation.standing('people')).toBeDefined();
    expect(simulation.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toEqual([]);
  });

  test('has an entry that its owner deletes meanwhile forgotten', async () => {
    const simulation = await world(removing);
    await simulation.deleteRole('people');
    await simulation.pass(300);
    ownerOf(simulation).deletes(simulation.entry('people'));
    await simulation.quiet();
    expect(followedUp(simulation)).toMatchObject([{ status: 'gone' }]);
    await simulation.createRole(people);
    await simulation.quiet();
    expect(simulation.ran('rebind-entry')).toEqual([]);
    expect(simulation.standing('people')).toBeUndefined();
  });

  test('has an entry removed as its owner last left it', async () => {
    const simulation = await world(removing);
    await simulation.deleteRole('people');
    await simulation.pass(300);
    ownerOf(simulation).changes(simulation.entry('people'), { tags: { team: 'b' } });
    await simulation.quiet();
    expect(await journalOf(simulation)).toMatchObject({ snapshot: { tags: { team: 'b' } } });
  });
});

describe('killed', () => {
  const calls = Array.from({ length: 14 }, (_, index) => index + 1);
  test.each(calls)(
    'at call %i of FollowUpOrphan, before or after it: still removed, with the snapshot kept',
    async (call) => {
      for (const moment of ['Before', 'After'] as const) {
        const simulation = await world(removing);
        simulation.aws.lambda[`kill${moment}Call`](call, { functionName: functionOf('FollowUpOrphan') });
        await staysAway(simulation);
        expect(ends(simulation.ran('role-changed'))).toEqual(['Orphaned']);
        expect(simulation.standing('people')).toBeUndefined();
        expect(await journalOf(simulation)).toMatchObject({
          snapshot: { policies: [{}, {}] },
          outcome: { name: 'OrphanRemoved' },
        });
      }
    },
  );
});
