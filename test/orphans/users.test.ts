import { CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ends, rulesOf } from '../statemachines/ends.ts';

const USER_ARN = 'arn:aws:iam::111122223333:user/nodes';

/** A world with a role `nodes`, and a user of that name who has an entry too. */
async function withUser() {
  const world = await simulate({ inventory: false });
  const ref = { ...world.entry('nodes'), principalArn: USER_ARN };
  const makes = () => world.run(() => world.clients.iam().send(new CreateUserCommand({ UserName: 'nodes' })));
  const deletes = () => world.run(() => world.clients.iam().send(new DeleteUserCommand({ UserName: 'nodes' })));
  await makes();
  await world.pass(600);
  world.aws.eks.state.addEntry({ ...ref, type: 'STANDARD', kubernetesGroups: ['devs'] });
  await world.pass(600);
  await world.takeInventory();
  return { world, ref, makes, deletes };
}

const started = (world: Simulation) => world.ran('role-changed').map(({ end }) => end);

test('a user made anew is asked about, and nothing is touched, nor is the role of the same name', async () => {
  const { world, ref, makes, deletes } = await withUser();
  const [before, role] = [world.aws.eks.state.entry(ref), world.standing('nodes')];
  await deletes();
  await world.pass(5);
  await makes();
  await world.quiet();
  const asked = world.ran('rebind-entry');
  expect(ends(asked)).toEqual(['NeedsApproval']);
  expect(rulesOf(asked[0])).toContain('TrustUnreadable');
  expect(started(world).slice(-2)).toEqual(['PrincipalReturned', 'RebindsStarted']);
  expect([world.aws.eks.state.entry(ref), world.standing('nodes')]).toEqual([before, role]);
});

test('a role made anew is rebound, and the user of the same name is left alone', async () => {
  const { world, ref } = await withUser();
  const before = world.aws.eks.state.entry(ref);
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  expect(world.authenticates('nodes')).toBe(200);
  expect(world.aws.eks.state.entry(ref)).toEqual(before);
});

test('a user that stays away is an orphan like a role', async () => {
  const { world, ref, deletes } = await withUser();
  await deletes();
  await world.quiet();
  expect(world.ran('role-changed').at(-1)).toMatchObject({
    end: 'Orphaned',
    output: { entries: [{ entry: ref, status: 'reported' }] },
  });
});

test('a user that no entry names is nobody’s business', async () => {
  const world = await simulate();
  await world.run(() => world.clients.iam().send(new CreateUserCommand({ UserName: 'somebody' })));
  await world.quiet();
  expect(started(world)).toEqual(['NothingToDo']);
});
