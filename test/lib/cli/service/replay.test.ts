import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../../../simulator/simulate.ts';
import { fileWith } from '../replayed.ts';
import { typed } from './service-world.ts';

const Replayed = v.looseObject({
  schemaVersion: v.literal(1),
  summary: v.looseObject({ records: v.number(), started: v.number() }),
  records: v.array(
    v.looseObject({
      action: v.string(),
      tells: v.string(),
      console: v.optional(v.string()),
      error: v.optional(v.string()),
    }),
  ),
});

const read = (stdout: readonly string[]) => v.parse(Replayed, JSON.parse(stdout.join('\n')));

describe('a role was made anew, and no event arrived', () => {
  let world: Simulation;
  let record: unknown;
  beforeEach(async () => {
    const told: { readonly eventName: string }[] = [];
    // CloudTrail records it, and delivers it to nobody.
    world = await simulate({ travel: { copies: (one) => told.push(one) * 0 } });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    record = told.find(({ eventName }) => eventName === 'CreateRole');
  });
  const ends = () => world.ran('role-changed').map((one) => one.end);

  test('its CloudTrail record alone makes the service do what the event would have', async () => {
    expect(world.authenticates('nodes')).toBe(401);
    const { code, stdout } = await typed(world, ['replay', fileWith(record), '--yes']);
    expect(code).toBe(0);
    expect(stdout[1]).toMatch(
      /^started +\S+records\.json +role nodes of account 111122223333 was created at \S+ by arn:aws:iam::111122223333:root +https:\/\/us-east-1\.console\.aws\.amazon\.com\/states/,
    );
    expect(stdout.at(-1)).toBe('1 of 1 records replayed');
    await world.quiet();
    expect(ends()).toEqual(['RebindsStarted']);
    expect(world.authenticates('nodes')).toBe(200);
  });

  test.each([
    ['without a yes', [], 2, 'nobody was there to say yes'],
    ['by a dry run', ['--dry-run'], 0, 'a dry run'],
  ])('%s nothing is started', async (_, more, expected, says) => {
    const { code, stdout } = await typed(world, ['replay', fileWith(record), ...more]);
    expect(code).toBe(expected);
    expect(stdout.at(-1)).toContain(says);
    expect(ends()).toEqual([]);
  });

  test('a person at a terminal is shown what it tells, and asked', async () => {
    const { code, questions, stderr } = await typed(world, ['replay', fileWith(record)], { answers: ['yes'] });
    expect(code).toBe(0);
    expect(questions).toEqual(["Start 1 executions of role-changed? Only 'yes' goes ahead: "]);
    expect(stderr.join('\n')).toContain('role nodes of account 111122223333 was created');
  });

  test('of a whole gzipped trail file only what is news is started', async () => {
    const other = { eventSource: 'iam.amazonaws.com', eventName: 'ListRoles', eventID: 'other' };
    const file = fileWith(gzipSync(JSON.stringify({ Records: [other, record, record] })));
    const { stdout } = await typed(world, ['replay', file, '--yes', '-o', 'json']);
    const { summary, records } = read(stdout);
    expect(summary).toMatchObject({ records: 3, started: 2 });
    expect(records.map(({ action }) => action)).toEqual(['none', 'start', 'start']);
    expect(records[0]?.tells).toBe('ListRoles neither makes nor deletes a role or user');
    await world.quiet();
    expect(ends()).toEqual(['RebindsStarted', 'RebindsStarted']);
    expect(world.ran('rebind-entry').map((one) => one.end)).toEqual(['Rebound']);
  });

  test("EventBridge's own event is read from stdin, and handed on as it came", async () => {
    const event = { id: 'one', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', detail: record };
    const { code } = await typed(world, ['replay', '-', '--yes'], { input: JSON.stringify(event) });
    expect(code).toBe(0);
    expect(world.ran('role-changed').map(({ input }) => input)).toEqual([event]);
  });

  test('what AWS refuses is told in its words, with exit code 1', async () => {
    const effect = { kind: 'fault', name: 'StateMachineDeleting', message: 'going' } as const;
    world.aws.faults.inject({ operation: 'StartExecution', effect });
    const { code, stdout, stderr } = await typed(world, ['replay', fileWith(record), '--yes', '-o', 'json']);
    expect(code).toBe(1);
    expect(read(stdout).records).toMatchObject([{ error: 'StateMachineDeleting: going' }]);
    expect(stderr[0]).toContain('records.json: StateMachineDeleting: going');
  });
});

test('a failed call is no news, and nothing is started', async () => {
  const world = await simulate({ inventory: false });
  const record = { eventSource: 'iam.amazonaws.com', eventName: 'CreateRole', errorCode: 'EntityAlreadyExists' };
  const { code, stdout } = await typed(world, ['replay', '-', '--yes'], { input: JSON.stringify(record) });
  expect(code).toBe(0);
  expect(stdout[1]).toContain('CreateRole failed: "EntityAlreadyExists"');
  expect(stdout.at(-1)).toBe('nothing to start: none of 1 records is news of a role or user');
  expect(world.ran('role-changed')).toEqual([]);
});

test.each([
  ['', "'stdin' is empty"],
  ['{', "'stdin' is not JSON"],
  ['{}', 'neither a CloudTrail record'],
  [
    '{"eventSource":"iam.amazonaws.com","eventName":"CreateRole","awsRegion":"us-east-1"}',
    'stdin: detail.eventTime of the event is missing',
  ],
])("'%s' is refused in one line, and nothing is asked of AWS", async (input, says) => {
  const world = await simulate({ inventory: false });
  const { code, stdout, stderr } = await typed(world, ['replay', '-', '--yes'], { input });
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toContain(says);
  expect(world.aws.calls.all).toEqual([]);
});
