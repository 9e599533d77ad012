import { beforeAll, describe, expect, test } from 'vitest';
import { findService, requireService } from '../../../../lib/cli/service/find-service.ts';
import { listExecutions, type Wanted } from '../../../../lib/cli/service/list-executions.ts';
import { openSession } from '../../../../lib/cli/session/open-session.ts';
import { simulate, type Simulation } from '../../../simulator/simulate.ts';
import { terminalIn } from './service-world.ts';

const EVERY: Wanted = { machines: ['role-changed', 'rebind-entry', 'sweep'], statuses: [], sinceOf: 'start' };

async function listed(world: Simulation, wanted: Partial<Wanted> = {}) {
  return world.run(async () => {
    const session = await openSession({}, terminalIn(world));
    const found = await listExecutions(session, await requireService(session), { ...EVERY, ...wanted });
    return found.map(({ shown }) => shown);
  });
}

describe('after a role was made anew', () => {
  let world: Simulation;
  beforeAll(async () => {
    world = await simulate();
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    // No event at all: ReadEvent fails.
    await world.send({ detail: 'none' });
    await world.quiet();
  });

  test('each execution is listed with what it is about and how it ended, the latest first', async () => {
    const found = await listed(world);
    expect(found.map(({ machine, about, status, outcome }) => [machine, about, status, outcome])).toEqual([
      ['role-changed', 'no role or user', 'FAILED', undefined],
      ['rebind-entry', 'nodes in prod (eu-west-1)', 'SUCCEEDED', 'Rebound'],
      ['role-changed', 'role nodes', 'SUCCEEDED', 'PrincipalReturned'],
      ['role-changed', 'role nodes', 'SUCCEEDED', 'RebindsStarted'],
      ['sweep', 'eu-west-1 of account 111122223333', 'SUCCEEDED', 'RegionSwept'],
      ['sweep', 'every region', 'SUCCEEDED', 'Swept'],
    ]);
  });

  test('the cause is the event with who did it, from the first execution to the last', async () => {
    const found = await listed(world, { statuses: ['SUCCEEDED'] });
    const [rebind, , created] = found;
    expect(rebind?.cause).toMatch(/^CreateRole [0-9a-f-]{36} by arn:aws:iam::111122223333:root$/);
    expect(created?.cause).toBe(rebind?.cause);
    expect(found.at(-1)?.cause).toBe('sweep');
  });

  test('one event finds what it led to, and nothing else', async () => {
    const [rebind] = await listed(world, { machines: ['rebind-entry'] });
    const found = await listed(world, { cause: rebind?.causeEventId ?? '' });
    expect(found.map(({ machine }) => machine)).toEqual(['rebind-entry', 'role-changed']);
    expect(await listed(world, { cause: 'sweep' })).toHaveLength(2);
    expect(await listed(world, { cause: 'person' })).toEqual([]);
  });

  test('what failed says with what, until when it can be redriven, and where it is in the console', async () => {
    const [failed, ...others] = await listed(world, { statuses: ['FAILED', 'TIMED_OUT'] });
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'InvalidInput', redriveCount: 0 });
    const days = (Date.parse(failed?.redrivableUntil ?? '') - Date.parse(failed?.endedAt ?? '')) / 86_400_000;
    expect(days).toBe(14);
    expect(failed?.console).toBe(
      `https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${failed?.executionArn}`,
    );
  });

  test('those that started before the time asked for are left out', async () => {
    const [failed] = await listed(world, { statuses: ['FAILED'] });
    const since = Date.parse(failed?.startedAt ?? '');
    expect(await listed(world, { since })).toHaveLength(1);
    expect(await listed(world, { since: since + 1 })).toEqual([]);
  });

  test('by their end, those count that began before and ended after it', async () => {
    const wanted = { machines: ['role-changed'], statuses: ['SUCCEEDED'] } as const;
    const [latest] = await listed(world, wanted);
    const since = Date.parse(latest?.startedAt ?? '') + 1;
    expect(await listed(world, { ...wanted, since })).toEqual([]);
    expect(await listed(world, { ...wanted, since, sinceOf: 'end' })).toHaveLength(2);
    const [one, other] = (await listed(world, wanted)).map(({ endedAt = '' }) => Date.parse(endedAt));
    const afterBoth = Math.max(one ?? 0, other ?? 0) + 1;
    expect(await listed(world, { ...wanted, since: afterBoth, sinceOf: 'end' })).toEqual([]);
  });
});

test('more executions than fit a page are all read', async () => {
  const world = await simulate({ inventory: false });
  for (let number = 0; number < 101; number += 1) await world.send({ number });
  await world.pass(60);
  expect(await listed(world, { machines: ['role-changed'] })).toHaveLength(101);
});

test.each([
  ['aws-cn', 'https://cn-north-1.console.amazonaws.cn/states/'],
  ['aws-us-gov', 'https://us-gov-west-1.console.amazonaws-us-gov.com/states/'],
] as const)('in %s the console is that of the partition', async (partition, page) => {
  const world = await simulate({ partition });
  const found = await listed(world);
  expect(found.map((one) => one.console?.startsWith(page))).toEqual([true, true]);
});

test('where nothing is deployed under the name, nothing is found, and a command that needs it says so', async () => {
  const world = await simulate({ inventory: false });
  const session = await world.run(() => openSession({}, terminalIn(world)));
  expect(await world.run(() => findService(session, 'other-'))).toBeUndefined();
  await expect(world.run(() => requireService(session, 'other-'))).rejects.toThrow(
    "the service is not deployed in account 111122223333, us-east-1, as 'other-…'",
  );
});
