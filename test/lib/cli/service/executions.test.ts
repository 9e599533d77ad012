import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { simulate } from '../../../simulator/simulate.ts';
import { ACCOUNT } from '../../../simulator/world-options.ts';
import { typed } from './service-world.ts';

const Listed = v.strictObject({
  schemaVersion: v.literal(1),
  summary: v.strictObject({
    accountId: v.string(),
    region: v.string(),
    executions: v.number(),
    byStatus: v.record(v.string(), v.number()),
  }),
  notEvaluated: v.array(v.strictObject({ machine: v.string(), reason: v.string() })),
  executions: v.array(v.looseObject({ machine: v.string(), outcome: v.optional(v.string()), console: v.string() })),
});

test('a table ends with how many there are, and each line with its link into the console', async () => {
  const world = await simulate();
  await world.send({ detail: 'none' });
  await world.quiet();
  const { code, stdout, stderr } = await typed(world, ['executions']);
  expect(code).toBe(0);
  expect(stderr).toEqual([]);
  expect(stdout[0]).toMatch(/^STARTED +SECONDS +MACHINE +ABOUT +STATUS +END +CAUSE +REDRIVABLE UNTIL +CONSOLE$/);
  expect(stdout[1]).toMatch(
    /^2026-03-02 09:\d\d:\d\dZ +0 +role-changed +no role or user +FAILED +InvalidInput +event +2026-03-16 /,
  );
  for (const line of stdout.slice(1, -1)) expect(line).toMatch(/ https:\/\/us-east-1\.console\.aws\.amazon\.com\/\S+$/);
  expect(stdout.at(-1)).toBe('3 executions: 1 FAILED, 2 SUCCEEDED');
});

test('JSON is one document on stdout, and the verdict a note on stderr', async () => {
  const world = await simulate();
  const { stdout, stderr } = await typed(world, ['executions', '-o', 'json', '--status', 'SUCCEEDED', '--since', '1h']);
  const { summary, executions } = v.parse(Listed, JSON.parse(stdout.join('\n')));
  expect(summary.byStatus).toEqual({ SUCCEEDED: 2 });
  expect(executions.map(({ outcome }) => outcome)).toEqual(['RegionSwept', 'Swept']);
  expect(stderr).toEqual(['2 executions: 2 SUCCEEDED']);
});

/** Whoever may start executions can write any input. */
const startOfRebind = (name: string) =>
  new StartExecutionCommand({
    stateMachineArn: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:eks-rebind-rebind-entry`,
    input: JSON.stringify({ entry: { principalArn: `role/${name}`, clusterName: 'prod', region: 'eu-west-1' } }),
  });

const isRebind = (_: unknown, input: Readonly<Record<string, unknown>>) =>
  String(input['stateMachineArn']).endsWith('rebind-entry');

test('what can be read is listed where the rest is denied, and the rest is told', async () => {
  const world = await simulate();
  const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'no' } as const;
  world.aws.faults.inject({ operation: 'ListExecutions', when: isRebind, effect });
  const { code, stdout, stderr } = await typed(world, ['executions', '-o', 'json']);
  expect(code).toBe(0);
  const { executions, notEvaluated } = v.parse(Listed, JSON.parse(stdout.join('\n')));
  expect(executions.map(({ outcome }) => outcome)).toEqual(['RegionSwept', 'Swept']);
  expect(notEvaluated).toEqual([{ machine: 'rebind-entry', reason: 'AccessDeniedException: no' }]);
  expect(stderr[0]).toBe('rebind-entry could not be listed: AccessDeniedException: no');
});

test('where nothing may be listed, that is an error', async () => {
  const world = await simulate();
  const effect = { kind: 'fault', name: 'AccessDeniedException', message: 'no' } as const;
  world.aws.faults.inject({ operation: 'ListExecutions', effect });
  const { code, stdout } = await typed(world, ['executions']);
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
});

test('an execution that tries again does not count as one that waits for an answer', async () => {
  const world = await simulate();
  world.aws.faults.inject({ operation: 'CreateAccessEntry', effect: { kind: 'throttle' } });
  await world.recreateRole({ name: 'nodes' });
  await world.pass(240);
  const running = await typed(world, ['executions', '--status', 'running', '--machine', 'rebind-entry']);
  expect(running.stdout.at(-1)).toBe('1 execution: 1 RUNNING');
  const waiting = await typed(world, ['executions', '--waiting']);
  expect(waiting.stdout).toEqual(['no executions']);
});

test('one state machine alone is listed where it is named', async () => {
  const world = await simulate();
  await world.send({ detail: 'none' });
  await world.quiet();
  const { stdout } = await typed(world, ['executions', '--machine', 'role-changed']);
  expect(stdout.at(-1)).toBe('1 execution: 1 FAILED');
});

test('a name in an input cannot drive the terminal', async () => {
  const world = await simulate({ inventory: false });
  await world.run(() => world.clients.stepFunctions().send(startOfRebind('\u001B[2Jnodes')));
  const { stdout } = await typed(world, ['executions']);
  expect(stdout.join('\n')).toContain(String.raw`\u001b[2Jnodes in prod`);
  expect(stdout.join('')).not.toContain('\u001B');
});

test('where there is none, a table is the verdict alone', async () => {
  const { stdout } = await typed(await simulate({ inventory: false }), ['executions']);
  expect(stdout).toEqual(['no executions']);
});
