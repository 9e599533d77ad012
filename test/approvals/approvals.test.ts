import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ADMINS, ANN, approvalWorld, APPROVERS, DAY, ROOT } from './approval-world.ts';
import { trusting } from '../simulator/world-options.ts';

const ends = ({ ran }: { ran: (machine: 'rebind-entry') => { end: string }[] }) =>
  ran('rebind-entry').map(({ end }) => end);

test('a third person who approves gets the entry rebound, and its outcome names them', async () => {
  const world = await approvalWorld();
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  expect(world.authenticates('admins')).toBe(401);
  expect(await world.answer('approve')).toMatchObject({ statusCode: 200, message: 'approved' });
  await world.quiet();
  expect(world.authenticates('admins')).toBe(200);
  const [ran] = world.ran('rebind-entry');
  expect(ran?.end).toBe('Rebound');
  expect(JSON.stringify(ran?.output)).toContain(`"approvedBy":"${ANN}"`);
});

test('what is sent tells what would be granted, why, who did it and how to answer', async () => {
  const world = await approvalWorld();
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  const [{ subject, message } = { subject: '', message: '' }] = world.sent;
  expect(subject).toBe('eks-rebind asks: access for role admins');
  for (const part of [
    'cluster prod',
    'AmazonEKSClusterAdminPolicy in the whole cluster',
    `deleted by ${ROOT}`,
    APPROVERS,
  ])
    expect(message).toContain(part);
  expect(message).toContain(`--data '{"schemaVersion":1,"question":"${world.question()}","answer":"approve"}'`);
});

test('the token is in no message, no log line and no outcome', async () => {
  const world = await approvalWorld();
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  const [record] = await world.ledger.ofPrincipal({
    partition: 'aws',
    accountId: '111122223333',
    kind: 'role',
    name: 'admins',
  });
  const token = record?.waiting?.taskToken ?? '';
  expect(token.length).toBeGreaterThan(10);
  await world.answer('approve');
  await world.quiet();
  const seen = JSON.stringify([world.lines, world.sent, world.ran('rebind-entry').map(({ output }) => output)]);
  expect(seen).not.toContain(token);
});

test.each([
  ['whoever made the role', ROOT],
  ['somebody who is no approver', 'arn:aws:iam::111122223333:user/eve'],
])('%s is refused, and nothing happens', async (_who, by) => {
  const world = await approvalWorld();
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  expect(await world.answer('approve', by)).toMatchObject({ statusCode: 403 });
  await world.pass(3600);
  expect(ends(world)).toEqual(['RUNNING']);
  expect(world.lines.some((line) => line.includes('"level":"warn"') && line.includes(by))).toBe(true);
});

describe('an answer', () => {
  test('no ends as Denied; a later yes counts for the next attempt', async () => {
    const world = await approvalWorld();
    await world.recreateRole(ADMINS);
    await world.untilAsked();
    await world.answer('deny');
    await world.quiet();
    expect(ends(world)).toEqual(['Denied']);
    await world.pass(7200);
    await world.takeInventory();
    await world.quiet();
    expect(ends(world)).toEqual(['Denied']);
    expect(await world.answer('approve')).toMatchObject({ statusCode: 200 });
    expect(await world.answer('deny')).toMatchObject({ statusCode: 409 });
    await world.takeInventory();
    await world.quiet();
    expect(ends(world).at(-1)).toBe('Rebound');
    expect(world.sent).toHaveLength(1);
  });

  test('that never comes ends as Unanswered; a late yes counts for the next attempt', async () => {
    const world = await approvalWorld();
    await world.recreateRole(ADMINS);
    await world.untilAsked();
    await world.pass(DAY + 60);
    await world.quiet();
    expect(ends(world)).toEqual(['Unanswered']);
    expect(await world.answer('approve')).toMatchObject({ statusCode: 200 });
    await world.takeInventory();
    await world.quiet();
    expect(ends(world)).toEqual(['Unanswered', 'Rebound']);
    expect(world.sent).toHaveLength(1);
  });

  test('is one for all entries of a role', async () => {
    const entry = { role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } };
    const world = await approvalWorld({
      clusters: [{ name: 'prod' }, { name: 'test' }],
      entries: [entry, { ...entry, cluster: 'test' }],
    });
    await world.recreateRole(ADMINS);
    await world.untilAsked();
    await world.pass(120);
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]?.message).toContain('cluster test');
    await world.answer('approve');
    await world.quiet();
    expect(ends(world)).toEqual(['Rebound', 'Rebound']);
  });

  test('to what was asked before a change of trust allows nothing: it asks anew', async () => {
    const world = await approvalWorld();
    await world.recreateRole(ADMINS);
    await world.untilAsked();
    const evil = JSON.stringify(trusting({ AWS: 'arn:aws:iam::999999999999:root' }));
    await world.run(() =>
      world.clients.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: 'admins', PolicyDocument: evil })),
    );
    await world.pass(60);
    await world.answer('approve');
    await world.untilAsked(2);
    expect(world.sent).toHaveLength(2);
    expect(ends(world)).toEqual(['RUNNING']);
    expect(world.authenticates('admins')).toBe(401);
  });
});
