import { expect, test } from 'vitest';
import type { Call } from '../../lib/local/call.ts';
import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { type Expectation, judge } from './judge.ts';
import { beforeStory, recreateAndSettle } from './story.ts';

// A judge that sees nothing would let every promise pass. Each wrong below is done with a function's own key.

const session = (step: string) => `arn:aws:sts::111122223333:assumed-role/role-of-${step}/${functionOf(step)}`;
const byService = (world: Simulation, step: string): Call => ({
  service: 'eks',
  operation: '',
  requestId: '',
  region: '',
  caller: { accessKeyId: '', accountId: '', partition: 'aws', principalId: '', arn: session(step) },
  userAgent: '',
  now: world.clock.now(),
});

async function settled(): Promise<{
  world: Simulation;
  expected: Expectation;
  entry: AccessEntry;
  bystander: AccessEntry;
}> {
  const { world, before } = await beforeStory();
  await recreateAndSettle(world);
  const { state } = world.aws.eks;
  const [entry, bystander] = [state.entry(world.entry('people')), state.entry(world.entry('bystander'))];
  if (!entry || !bystander) throw new Error('the story lost an entry');
  return { world, entry, bystander, expected: { before, mayTouch: [world.roleArn('people')], recreations: 1 } };
}

const promisesBroken = async (world: Simulation, expected: Expectation) => [
  ...new Set((await judge(world, expected)).map(({ promise }) => promise)),
];

test('finds nothing wrong where nothing is', async () => {
  const { world, expected } = await settled();
  expect(await judge(world, expected)).toEqual([]);
});

test('sees an entry that is gone (1)', async () => {
  const { world, expected, entry } = await settled();
  world.aws.eks.state.removeEntry(entry, 'TagResource', byService(world, 'DeleteEntry'));
  expect(await promisesBroken(world, expected)).toEqual([1]);
});

test('sees an entry that lost a policy (1)', async () => {
  const { world, expected, entry } = await settled();
  const fewer = { ...entry, policies: entry.policies.slice(1) };
  world.aws.eks.state.putEntry(fewer, 'TagResource', byService(world, 'AssociatePolicies'));
  expect(await promisesBroken(world, expected)).toEqual([1]);
});

test('sees an entry made where its owner had deleted it (2)', async () => {
  const { world, expected, entry } = await settled();
  world.aws.eks.state.removeEntry(entry, 'DeleteAccessEntry', {
    ...byService(world, ''),
    caller: { ...byService(world, '').caller, arn: 'owner' },
  });
  world.aws.eks.state.putEntry(entry, 'CreateAccessEntry', byService(world, 'CreateEntry'));
  expect(await promisesBroken(world, expected)).toEqual([2]);
});

test('sees a group that was not there (2)', async () => {
  const { world, expected, entry } = await settled();
  const broader = { ...entry, kubernetesGroups: [...entry.kubernetesGroups, 'admins'] };
  world.aws.eks.state.putEntry(broader, 'UpdateAccessEntry', byService(world, 'CreateEntry'));
  expect(await promisesBroken(world, expected)).toEqual([1, 2]);
});

test('sees a healthy entry that was touched (3)', async () => {
  const { world, expected, bystander } = await settled();
  world.aws.eks.state.putEntry(bystander, 'TagResource', byService(world, 'DeleteEntry'));
  expect(await promisesBroken(world, expected)).toEqual([3]);
});

test('sees an entry that was swapped twice for one recreation (4)', async () => {
  const { world, expected, entry } = await settled();
  world.aws.eks.state.removeEntry(entry, 'DeleteAccessEntry', byService(world, 'DeleteEntry'));
  world.aws.eks.state.putEntry(entry, 'CreateAccessEntry', byService(world, 'CreateEntry'));
  expect(await promisesBroken(world, expected)).toEqual([4]);
});

test('sees an execution that has not ended (5)', async () => {
  const { world, expected } = await settled();
  await world.recreateRole({ name: 'people', path: '/team/orders/' });
  await world.pass(40);
  expect(await promisesBroken(world, expected)).toEqual([5]);
});
