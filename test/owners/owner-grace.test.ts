import { expect, test } from 'vitest';
import { ownerOf } from '../simulator/owner.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate } from '../simulator/simulate.ts';
import { rulesOf } from '../statemachines/ends.ts';

const BY_TERRAFORM = { 'managed-by': 'terraform' };
const nodes = { name: 'nodes' };
const terraformed = () => simulate({ entries: [{ role: 'nodes', tags: BY_TERRAFORM }] });

const OUR_WRITES = ['DeleteAccessEntry', 'CreateAccessEntry', 'AssociateAccessPolicy', 'UpdateAccessEntry'];

test('an owner who makes the entry anew within the grace period finds it untouched, and has the last word', async () => {
  const world = await terraformed();
  await world.recreateRole(nodes);
  await world.pass(200);
  expect(world.ran('rebind-entry')).toMatchObject([{ end: 'RUNNING' }]);
  const owner = ownerOf(world);
  owner.deletes(world.entry('nodes'));
  owner.makes(world.entry('nodes'), { type: 'EC2_LINUX', tags: { ...BY_TERRAFORM, version: '2' } });
  await world.quiet();
  const [ran] = world.ran('rebind-entry');
  expect(ran?.end).toBe('NotStale');
  expect(rulesOf(ran)).toEqual(['healthy']);
  expect(OUR_WRITES.flatMap((operation) => world.aws.calls.matching({ operation }))).toEqual([]);
  expect(world.standing('nodes')).toMatchObject({ tags: { version: '2' } });
  expect(world.authenticates('nodes')).toBe(200);
});

test('an owner who deletes the entry within the grace period gets no entry back', async () => {
  const world = await terraformed();
  await world.recreateRole(nodes);
  await world.pass(200);
  ownerOf(world).deletes(world.entry('nodes'));
  await world.quiet();
  expect(world.ran('rebind-entry')).toMatchObject([{ end: 'NotStale' }]);
  expect(world.standing('nodes')).toBeUndefined();
  expect(OUR_WRITES.flatMap((operation) => world.aws.calls.matching({ operation }))).toEqual([]);
});

test('an owner who does not come has it rebound after the grace period, and is told what would have prevented it', async () => {
  const world = await terraformed();
  await world.recreateRole(nodes);
  const created = world.clock.now();
  await world.quiet();
  const [ran] = world.ran('rebind-entry');
  expect(ran?.end).toBe('Rebound');
  expect(rulesOf(ran)).toEqual(expect.arrayContaining(['NoInstanceProfile', 'Owner', 'Prevention']));
  expect(JSON.stringify(ran?.output)).toContain('replace_triggered_by = [aws_iam_role.NAME.unique_id]');
  const { createdAt = 0 } = world.standing('nodes') ?? {};
  expect((createdAt - created) / 1000).toBeGreaterThanOrEqual(299);
  expect((createdAt - created) / 1000).toBeLessThan(330);
});

test('waiting for an owner is no round: an entry that changes afterwards still has its three', async () => {
  const world = await terraformed();
  let changes = 0;
  world.aws.lambda.beforeInvoke(({ functionName }) => {
    if (functionName !== functionOf('DeleteEntry') || changes === 2) return;
    changes += 1;
    ownerOf(world).changes(world.entry('nodes'), { tags: { ...BY_TERRAFORM, change: String(changes) } });
  });
  await world.recreateRole(nodes);
  await world.quiet();
  expect(world.ran('rebind-entry')).toMatchObject([{ end: 'Rebound' }]);
  expect(world.standing('nodes')).toMatchObject({ tags: { change: '2' } });
});

test('an entry of nobody known is not waited with', async () => {
  const world = await simulate();
  await world.recreateRole(nodes);
  const created = world.clock.now();
  await world.quiet();
  const [ran] = world.ran('rebind-entry');
  expect(rulesOf(ran)).not.toContain('Owner');
  expect(((world.standing('nodes')?.createdAt ?? 0) - created) / 1000).toBeLessThan(200);
});
