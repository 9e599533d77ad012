import { describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ends, rulesOf } from './ends.ts';

const iamEvents = ({ aws }: Simulation, eventName: string) =>
  aws.events.events.filter(({ detail }) => detail['eventName'] === eventName);
const writesOf = ({ aws }: Simulation) =>
  ['CreateAccessEntry', 'DeleteAccessEntry', 'AssociateAccessPolicy'].map(
    (operation) => aws.calls.matching({ operation, service: 'eks' }).length,
  );
const UNTOUCHED = [0, 0, 0];
const deletionsLast = ({ eventName }: { eventName: string }) => (eventName === 'DeleteRole' ? 900_000 : 3_000);

describe('a deletion', () => {
  test('of a role that stays away is noted, and its entries are reported; nothing is touched', async () => {
    const world = await simulate();
    await world.deleteRole('nodes');
    await world.quiet();
    const [ran] = world.ran('role-changed');
    expect(ran).toMatchObject({
      end: 'Orphaned',
      output: { entries: [{ entry: world.entry('nodes'), status: 'reported' }] },
    });
    expect(writesOf(world)).toEqual(UNTOUCHED);
    const stored = await world.ledger.read(world.entry('nodes'));
    expect(stored?.record.deletionNotedAt).toBeDefined();
  });

  test('right after the creation leaves nothing to bind to', async () => {
    const world = await simulate();
    await world.recreateRole({ name: 'nodes' });
    await world.pass(20);
    await world.deleteRole('nodes');
    await world.quiet();
    expect(ends(world.ran('role-changed')).toSorted()).toEqual(['Orphaned', 'Orphaned', 'PrincipalGone']);
    expect(writesOf(world)).toEqual(UNTOUCHED);
  });
});

describe('an event', () => {
  test('of a role that no entry names leads to nothing', async () => {
    const world = await simulate();
    await world.createRole({ name: 'somebody' });
    await world.quiet();
    expect(ends(world.ran('role-changed'))).toEqual(['NothingToDo']);
  });

  test('of a failed call starts nothing; sent by hand, it still leads to nothing', async () => {
    const world = await simulate();
    await expect(world.createRole({ name: 'nodes' })).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    await world.quiet();
    expect(iamEvents(world, 'CreateRole')).toHaveLength(1);
    expect(world.ran('role-changed')).toEqual([]);
    await world.send(iamEvents(world, 'CreateRole')[0]);
    await world.quiet();
    expect(world.ran('role-changed')).toMatchObject([
      { end: 'NothingToDo', output: { reason: expect.stringContaining('EntityAlreadyExists') } },
    ]);
    expect(writesOf(world)).toEqual(UNTOUCHED);
  });

  test.each([
    ['a text', 'hello', 'the event'],
    ['no detail', { source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail' }, 'detail'],
    ['no object', [1, 2], 'the event'],
  ])('that is malformed (%s) is InvalidInput, says where, and nothing is touched', async (_, event, where) => {
    const world = await simulate();
    await world.send(event);
    await world.quiet();
    const [ran] = world.ran('role-changed');
    expect(ran?.end).toBe('FAILED InvalidInput');
    expect(ran?.cause).toContain(where);
    expect(writesOf(world)).toEqual(UNTOUCHED);
  });

  test('without the answer of the call (CloudTrail cuts at 100 KB) is read from the living role', async () => {
    const world = await simulate({ travel: { copies: () => 0 } });
    const { events } = world.aws;
    await world.deleteRole('nodes');
    await world.pass(5);
    await world.createRole({ name: 'nodes' });
    const eventTime = new Date(world.clock.now()).toISOString().replace(/\.\d+/, '');
    const detail = {
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateRole',
      eventTime,
      awsRegion: 'us-east-1',
      eventID: 'cut-short',
      recipientAccountId: '111122223333',
      requestParameters: { roleName: 'nodes' },
      responseElements: null,
    };
    expect(events.events.filter(({ source }) => source === 'aws.iam')).toEqual([]);
    await world.send({ source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail', detail });
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(world.authenticates('nodes')).toBe(200);
  });

  test('delivered three times rebinds once', async () => {
    const world = await simulate({ travel: { copies: () => 3 } });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    expect(world.ran('role-changed')).toHaveLength(6);
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(world.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toHaveLength(1);
    expect(world.authenticates('nodes')).toBe(200);
  });

  test('of the deletion that comes long after that of the creation changes nothing', async () => {
    const world = await simulate({ travel: { cloudTrailDelay: deletionsLast } });
    await world.recreateRole({ name: 'nodes' });
    await world.pass(1_000);
    await world.quiet();
    expect(ends(world.ran('role-changed'))).toEqual(['RebindsStarted', 'PrincipalReturned']);
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(world.authenticates('nodes')).toBe(200);
  });

  test('that comes again days later changes nothing', async () => {
    const world = await simulate();
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    const entryArn = world.standing('nodes')?.arn;
    await world.pass(3 * 86_400);
    await world.send(iamEvents(world, 'CreateRole')[0]);
    await world.quiet();
    expect(world.ran('role-changed').at(-1)).toMatchObject({
      end: 'RebindsStarted',
      output: { rebinds: [{ status: 'done', outcome: 'Rebound' }] },
    });
    expect(world.ran('rebind-entry')).toHaveLength(1);
    expect(world.standing('nodes')?.arn).toBe(entryArn);
  });

  test('that is forged, of a role that nobody made anew, changes nothing', async () => {
    const world = await simulate();
    const before = world.standing('nodes');
    await world.createRole({ name: 'somebody' });
    await world.quiet();
    const [event] = iamEvents(world, 'CreateRole');
    const forged = JSON.parse(JSON.stringify(event).replaceAll('somebody', 'nodes'));
    await world.send(forged);
    await world.quiet();
    expect(world.standing('nodes')).toEqual(before);
    expect(writesOf(world)).toEqual(UNTOUCHED);
  });
});

describe('a role', () => {
  test('made again while its first recreation is still settling is rebound to its latest life, once', async () => {
    const world = await simulate();
    await world.recreateRole({ name: 'nodes' });
    await world.pass(60);
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    expect(ends(world.ran('role-changed'))).toContain('Superseded');
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(world.authenticates('nodes')).toBe(200);
  });

  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ] as const)('of the partition %s is rebound there', async (partition, homeRegion) => {
    const world = await simulate({ partition });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    const [ran] = world.ran('rebind-entry');
    expect(ran).toMatchObject({
      end: 'Rebound',
      arn: expect.stringContaining(`arn:${partition}:states:${homeRegion}:`),
    });
    expect(world.authenticates('nodes')).toBe(200);
  });

  test('under a path is rebound', async () => {
    const worker = { name: 'worker', path: '/team/nodes/' };
    const world = await simulate({ roles: [worker] });
    await world.recreateRole(worker);
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(world.authenticates('worker')).toBe(200);
  });

  test.each([
    ['under another path', { name: 'nodes', path: '/elsewhere/' }],
    ['in another case', { name: 'Nodes' }],
  ])('made again %s is another ARN: seen, and refused by name', async (_, role) => {
    const world = await simulate();
    const before = world.standing('nodes');
    await world.deleteRole('nodes');
    await world.pass(5);
    await world.createRole(role);
    await world.quiet();
    const [ran] = world.ran('rebind-entry');
    expect(ran?.end).toBe('Refused');
    expect(rulesOf(ran)).toContain('ArnDiffers');
    expect(world.standing('nodes')).toEqual(before);
    expect(writesOf(world)).toEqual(UNTOUCHED);
  });

  test('of a people entry, whose trust did not change, keeps all that its entry had', async () => {
    const trust = trusting({ AWS: 'arn:aws:iam::111122223333:root' });
    const people = { name: 'people', path: '/team/', trust };
    const policies = { AmazonEKSViewPolicy: [], AmazonEKSEditPolicy: ['dev', 'test-*'] };
    const entry = { role: 'people', type: 'STANDARD', username: 'dev:{{SessionName}}', groups: ['devs'], policies };
    const world = await simulate({ roles: [people], entries: [{ ...entry, tags: { team: 'a' } }] });
    const before = world.standing('people');
    await world.recreateRole(people);
    await world.quiet();
    const after = world.standing('people');
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
    expect(after?.arn).not.toBe(before?.arn);
    const scopes = (one: typeof before) => one?.policies.map(({ policyArn, scope }) => ({ policyArn, scope }));
    const kept = ({ type, username, kubernetesGroups, tags }: NonNullable<typeof before>) => ({
      type,
      username,
      kubernetesGroups,
      tags,
    });
    expect(after && kept(after)).toEqual(before && kept(before));
    expect(scopes(after)).toEqual(expect.arrayContaining(scopes(before) ?? []));
    expect(scopes(after)).toHaveLength(2);
    expect(world.authenticates('people')).toBe(200);
  });
});
