import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { interruptEachCall } from './interrupt-each-call.ts';
import { INTERRUPTIONS } from './interruptions.ts';
import { judge } from './judge.ts';
import { ourChanges } from './our-writes.ts';
import { pointsTable } from './points-table.ts';
import { beforeStory, recreateAndSettle, undisturbedCalls } from './story.ts';

const DURABLE = { ledger: 'dynamodb' } as const;
const calls = await undisturbedCalls(DURABLE);
const table = pointsTable(`a rebind on DynamoDB, interrupted at each of its ${calls.length} AWS calls`);
afterAll(() => table.print());

test('a recreation ends Rebound, and what is remembered is in DynamoDB', async () => {
  const { world, before } = await beforeStory(DURABLE);
  await recreateAndSettle(world);
  expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['Rebound']);
  expect(world.authenticates('people')).toBe(200);
  expect((await world.ledger.read(world.entry('people')))?.record.journal).toMatchObject({
    outcome: { name: 'Rebound' },
  });
  expect(await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 })).toEqual([]);
  expect(calls).toEqual(expect.arrayContaining(['GetItem', 'PutItem', 'Query']));
});

test('two worlds with the same seed make the same calls in the same order', async () => {
  expect(await undisturbedCalls(DURABLE)).toEqual(calls);
});

describe('interrupted at every call, those to DynamoDB too', () => {
  // Killed after one call is killed before the next; the other interruptions have nothing of their own to say of a ledger.
  const { 'killed after the call': after, 'its answer lost': lost } = INTERRUPTIONS;
  const hows = { 'killed after the call': after, 'its answer lost': lost };

  test.each(Object.entries(hows))(
    '%s: the entry is rebound all the same',
    async (how, interrupt) => {
      const disturbed = await interruptEachCall({ how, interrupt, calls, begin: () => beforeStory(DURABLE), table });
      expect(disturbed).toEqual([]);
      expect(table.count(how)).toBe(calls.length);
    },
    180_000,
  );
});

/** Starts a rebind beside the one that the event started, with the same input, as whoever holds states:StartExecution can. */
async function startBeside(world: Simulation, name: string): Promise<string> {
  const [first] = world.ran('rebind-entry');
  if (!first) throw new Error('no rebind has started');
  const stateMachineArn = first.arn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');
  const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(first.input) });
  const { executionArn = '' } = await world.run(() => world.clients.stepFunctions().send(command));
  return executionArn;
}

/** How it came out, however many were at it. */
async function outcomeOf(world: Simulation, before: readonly AccessEntry[]) {
  const changes = ourChanges(world, world.entry('people'));
  const ends = world.ran('rebind-entry').map(({ end }) => end);
  return {
    breaches: await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 }),
    swaps: changes.filter(({ operation }) => operation === 'DeleteAccessEntry').length,
    ends: ends.toSorted(),
    status: world.authenticates('people'),
  };
}

describe('two executions, a redrive and a direct second start at once never swap an entry twice', () => {
  const SEEDS = [1, 2, 3];

  const ONE_SWAP = { breaches: [], swaps: 1, ends: ['Rebound', 'Superseded', 'Superseded'], status: 200 };
  const steps = ['InspectEntry', 'Preflight', 'DeleteEntry', 'CreateEntry'].flatMap((step) =>
    SEEDS.map((seed) => [step, seed] as const),
  );

  test.each(steps)('when the first has failed at %s (story %i)', async (step, seed) => {
    const { world, before } = await beforeStory({ ...DURABLE, seed });
    const outage = world.aws.faults.inject({
      when: ({ service, caller }) => service === 'eks' && caller.arn.endsWith(`/${functionOf(step)}`),
      effect: { kind: 'unavailable' },
    });
    await world.recreateRole({ name: 'people', path: '/team/orders/' });
    await world.quiet();
    outage.lift();
    const failed = world.ran('rebind-entry').filter(({ end }) => end.startsWith('FAILED'));
    expect(failed).toHaveLength(1);
    await Promise.all([
      startBeside(world, 'beside-one'),
      startBeside(world, 'beside-two'),
      ...failed.map(({ arn }) => world.redrive(arn)),
    ]);
    await world.quiet();
    expect(await outcomeOf(world, before)).toEqual(ONE_SWAP);
  });

  test.each(SEEDS)('when the first has only begun (story %i)', async (seed) => {
    const { world, before } = await beforeStory({ ...DURABLE, seed });
    await world.recreateRole({ name: 'people', path: '/team/orders/' });
    while (world.ran('rebind-entry').length === 0) await world.pass(0.1);
    const news = world.ran('role-changed').at(-1)?.input;
    const again = [world.send(news), world.send(news)];
    await Promise.all([...again, ...['beside-one', 'beside-two'].map((name) => startBeside(world, name))]);
    await world.quiet();
    expect(await outcomeOf(world, before)).toEqual(ONE_SWAP);
  });
});
