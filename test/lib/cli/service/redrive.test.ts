import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../../../simulator/simulate.ts';
import { ACCOUNT } from '../../../simulator/world-options.ts';
import { typed } from './service-world.ts';

const DAY = 86_400;

const Redriven = v.object({
  schemaVersion: v.literal(1),
  summary: v.object({ executions: v.number(), toDo: v.number(), isDone: v.boolean() }),
  executions: v.array(
    v.looseObject({
      machine: v.string(),
      action: v.string(),
      result: v.optional(v.string()),
      why: v.string(),
      error: v.optional(v.string()),
      console: v.string(),
    }),
  ),
});

const read = (stdout: readonly string[]) => v.parse(Redriven, JSON.parse(stdout.join('\n')));

/** A rebind has failed in Preflight, and what made it fail is mended. */
async function failedRebind(): Promise<Simulation> {
  const world = await simulate();
  const effect = { kind: 'fault', name: 'InvalidParameterException', message: 'no such type' } as const;
  const fault = world.aws.faults.inject({ operation: 'CreateAccessEntry', effect });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  fault.lift();
  return world;
}

describe('a rebind that failed', () => {
  let world: Simulation;
  beforeEach(async () => {
    world = await failedRebind();
  });
  const end = () => world.ran('rebind-entry').map((one) => one.end);

  test('is left as it is, with exit code 2, where nobody says yes and nobody can be asked', async () => {
    const { code, stdout } = await typed(world, ['redrive', '--status', 'FAILED']);
    expect(code).toBe(2);
    expect(stdout.at(-1)).toBe(
      '1 of 1 executions would go on; nothing was changed: nobody was there to say yes; --yes goes ahead',
    );
    expect(end()).toEqual(['FAILED CannotRecreate']);
  });

  test('is left as it is by a dry run, which ends with 0 and shows its console link', async () => {
    const { code, stdout } = await typed(world, ['redrive', '--status', 'FAILED', '--dry-run', '-o', 'json']);
    expect(code).toBe(0);
    const { summary, executions } = read(stdout);
    expect(summary).toEqual({ executions: 1, toDo: 1, isDone: false });
    expect(executions).toMatchObject([{ machine: 'rebind-entry', action: 'redrive' }]);
    expect(executions[0]?.console).toContain('/v2/executions/details/arn:aws:states:us-east-1:111122223333:execution:');
    expect(end()).toEqual(['FAILED CannotRecreate']);
  });

  test('goes on from where it failed with --yes', async () => {
    const { code, stdout } = await typed(world, ['redrive', '--since', '2h', '--yes']);
    expect(code).toBe(0);
    expect(stdout.at(-1)).toBe('1 of 1 executions go on');
    await world.quiet();
    expect(world.ran('rebind-entry')).toMatchObject([{ end: 'Rebound', redriveCount: 1 }]);
  });

  test.each([
    ['yes', 0, 'Rebound'],
    ['no', 2, 'FAILED CannotRecreate'],
    ['', 2, 'FAILED CannotRecreate'],
  ])("is shown to a person at a terminal, whose '%s' ends with %i", async (answer, code, ended) => {
    const ran = await typed(world, ['redrive', '--status', 'FAILED'], { answers: [answer] });
    expect(ran.questions).toEqual(["Redrive 1 of 1 executions? Only 'yes' goes ahead: "]);
    expect(ran.stderr.join('\n')).toContain('nodes in prod (eu-west-1)');
    expect(ran.code).toBe(code);
    await world.quiet();
    expect(end()).toEqual([ended]);
  });

  test('is found by its name and by its ARN', async () => {
    const [{ name, arn } = { name: '', arn: '' }] = world.ran('rebind-entry');
    for (const given of [name, arn]) {
      const { stdout } = await typed(world, ['redrive', given, '--dry-run', '-o', 'json']);
      expect(read(stdout).executions).toMatchObject([{ executionArn: arn, action: 'redrive' }]);
    }
  });

  test('of another event is left out', async () => {
    const { code, stdout } = await typed(world, ['redrive', '--cause', 'some-other-event', '--yes']);
    expect(code).toBe(0);
    expect(stdout.at(-1)).toBe('nothing to redrive');
    expect(end()).toEqual(['FAILED CannotRecreate']);
  });

  test("is told in AWS's words, with exit code 1, where AWS refuses", async () => {
    const effect = { kind: 'fault', name: 'ExecutionLimitExceeded', message: 'too many' } as const;
    world.aws.faults.inject({ operation: 'RedriveExecution', effect });
    const { code, stdout, stderr } = await typed(world, ['redrive', '--status', 'FAILED', '--yes', '-o', 'json']);
    expect(code).toBe(1);
    expect(read(stdout).executions).toMatchObject([{ result: 'failed', error: 'ExecutionLimitExceeded: too many' }]);
    expect(stderr).toContain('ExecutionLimitExceeded: too many');
  });

  test('gets a new attempt by a sweep of its region once AWS lets nobody redrive it any more', async () => {
    // Without the sweeps that the schedule would have begun meanwhile.
    await world.pass(15 * DAY);
    const { code, stdout } = await typed(world, ['redrive', '--status', 'FAILED', '--yes', '-o', 'json']);
    expect(code).toBe(0);
    const [done] = read(stdout).executions;
    expect(done).toMatchObject({ action: 'sweep', result: 'started' });
    expect(done?.why).toContain('14 days');
    expect(done?.console).toContain(':execution:eks-rebind-sweep:again-for-');
    await world.quiet();
    expect(end()).toEqual(['FAILED CannotRecreate', 'Rebound']);
    expect(world.authenticates('nodes')).toBe(200);
  });
});

test('role-changed is started again with the same input once AWS lets nobody redrive it, and only once', async () => {
  const world = await simulate();
  await world.send({ detail: 'none' });
  await world.quiet();
  await world.pass(15 * DAY);
  const argv = ['redrive', '--status', 'FAILED', '--yes', '-o', 'json'];
  const first = read((await typed(world, argv)).stdout);
  expect(first.executions).toMatchObject([{ action: 'start-again', result: 'started' }]);
  await world.quiet();
  expect(world.ran('role-changed').map(({ input }) => input)).toEqual([{ detail: 'none' }, { detail: 'none' }]);
  const second = read((await typed(world, [...argv, '--since', '20d'])).stdout);
  expect(second.executions.map(({ result }) => result)).toEqual(['redriven', 'started before']);
});

test('what succeeded is not redriven', async () => {
  const world = await simulate();
  const [sweep] = world.ran('sweep');
  const { code, stdout } = await typed(world, ['redrive', sweep?.name ?? '', '--yes', '-o', 'json']);
  expect(code).toBe(0);
  expect(read(stdout).executions).toMatchObject([
    { action: 'none', why: 'it is SUCCEEDED with Swept: only what failed is redriven' },
  ]);
});

test('an execution of somebody else is not ours to redrive', async () => {
  const world = await simulate({ inventory: false });
  const { clients } = world;
  const definition = JSON.stringify({ StartAt: 'No', QueryLanguage: 'JSONata', States: { No: { Type: 'Fail' } } });
  const made = { name: 'theirs', definition, roleArn: `arn:aws:iam::${ACCOUNT}:role/theirs` };
  const executionArn = await world.run(async () => {
    const { stateMachineArn } = await clients.stepFunctions().send(new CreateStateMachineCommand(made));
    return (await clients.stepFunctions().send(new StartExecutionCommand({ stateMachineArn }))).executionArn ?? '';
  });
  await world.pass(5);
  const { code, stderr } = await typed(world, ['redrive', executionArn, '--yes']);
  expect(code).toBe(1);
  expect(stderr[0]).toContain(`no execution '${executionArn}' of role-changed, rebind-entry or sweep`);
});

test.each([
  [['redrive', '--yes'], 'which executions?'],
  [['redrive', 'one', '--since', '2h'], 'not both'],
  [['redrive', '--since', 'yesterday'], "not 'yesterday'"],
  [['redrive', 'no-such-name', '--yes'], "no execution 'no-such-name'"],
  [['redrive', 'arn:aws:states:us-east-1:111122223333:execution:other:one'], 'no execution'],
  [['executions', '--name-prefix', 'mine-'], "as 'mine-…'"],
])('%j is refused in one line with exit code 1', async (argv, says) => {
  const world = await simulate({ inventory: false });
  const { code, stdout, stderr } = await typed(world, argv);
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toContain(says);
});
