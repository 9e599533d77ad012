import { describe, expect, test } from 'vitest';
import { AwsThrottled, MemberAccessDenied } from '../../../lib/core/errors.ts';
import { findEntries } from '../../../lib/core/find-entries.ts';
import { placesOf } from '../../../lib/core/places.ts';
import { principalKey } from '../../../lib/core/principal.ts';
import { readEvent } from '../../../lib/core/read-event.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { ACCOUNT, fakeWorld, PLACE, PRINCIPAL, REF, REGION } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, staleStandard } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

const MEMBER = '444455556666';
const STRANGER = '777788889999';
const MEMBERS_PLACE = { accountId: MEMBER, region: REGION };
const membersRole = (accountId = MEMBER) => `arn:aws:iam::${accountId}:role/deployers`;

/** A world whose service looks after a member account as well. */
function worldOfTwo(tap: Tap = {}): FakeWorld {
  const world = fakeWorld(tap);
  Object.assign(world.bare.settings, { memberAccounts: [MEMBER] });
  world.putCluster();
  world.putCluster({}, REGION, MEMBER);
  return world;
}

/** A role of another account, made now. */
function putRoleOf(world: FakeWorld, accountId: string, principalId: string): void {
  const reading = { ...world.putRole(principalId), arn: membersRole(accountId), path: '/' };
  world.removeRole();
  world.principals.set(principalKey({ ...PRINCIPAL, accountId, name: 'deployers' }), reading);
}

const sweep = (world: FakeWorld, place = PLACE) =>
  sweepRegion(
    { schemaVersion: 1, place, cursor: null, soFar: null, executionArn: 'arn:sweep', now: world.tick(1) },
    world.ports,
  );

describe('places', () => {
  test('are every region of our own account first, then of each member', () => {
    const { settings, ownAccount } = fakeWorld().bare;
    const of = (memberAccounts: string[]) =>
      placesOf({ ownAccount, settings: { ...settings, regions: [REGION, 'us-east-1'], memberAccounts } });
    expect(of([]).map(({ region }) => region)).toEqual([REGION, 'us-east-1']);
    expect(of([MEMBER]).map(({ accountId, region }) => `${accountId} ${region}`)).toEqual([
      `${ACCOUNT} ${REGION}`,
      `${ACCOUNT} us-east-1`,
      `${MEMBER} ${REGION}`,
      `${MEMBER} us-east-1`,
    ]);
  });

  test('of an account that is listed as its own member are searched once', () => {
    const { settings, ownAccount } = fakeWorld().bare;
    expect(placesOf({ ownAccount, settings: { ...settings, memberAccounts: [ACCOUNT] } })).toEqual([PLACE]);
  });
});

/** What the bus tells of a role made in an account. */
const created = (accountId: string) => ({
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateRole',
    eventTime: '2026-03-01T08:00:00Z',
    awsRegion: 'us-east-1',
    recipientAccountId: accountId,
    requestParameters: { roleName: 'deployers' },
  },
});

const read = (accountId: string) => readEvent({ schemaVersion: 1, event: created(accountId) }, worldOfTwo().bare);

describe('an event', () => {
  test('of a member account is news, and is looked for in the clusters of every account', async () => {
    expect(await read(MEMBER)).toMatchObject({
      change: { kind: 'created', principal: { accountId: MEMBER } },
      places: [PLACE, MEMBERS_PLACE],
    });
  });

  test('of any other account is none, by the name of the reason', async () => {
    const { change } = await read(STRANGER);
    expect(change).toMatchObject({
      kind: 'ignored',
      eventTime: '2026-03-01T08:00:00Z',
      reason: expect.stringContaining(`PrincipalOfOtherAccount: role 'deployers' is of account ${STRANGER}`),
    });
  });
});

test('entries are found in the clusters of the account that is searched, and of no other', async () => {
  const world = worldOfTwo();
  const theirs = { ...REF, accountId: MEMBER };
  world.putEntry();
  world.putEntry({}, [], theirs);
  const find = (place: typeof PLACE) =>
    findEntries({ schemaVersion: 1, place, principal: PRINCIPAL, now: world.world.now }, world.ports);
  expect((await find(PLACE)).entries).toEqual([REF]);
  expect((await find(MEMBERS_PLACE)).entries).toEqual([theirs]);
});

describe('an entry that a rebind deleted in each account', () => {
  const theirs = { ...REF, accountId: MEMBER };

  /** Both are in the ledger alone: no cluster lists them. */
  async function worldWithOpenJournals() {
    const { world, input } = await staleStandard();
    await advanceTo(world, 'CreateEntry', input);
    const ours = await world.bare.ledger.read(REF);
    if (ours) await world.bare.ledger.write({ ...ours.record, entry: theirs }, 0);
    return world;
  }

  test('is found where its cluster is', async () => {
    const world = await worldWithOpenJournals();
    const find = (place: typeof PLACE) =>
      findEntries({ schemaVersion: 1, place, principal: PRINCIPAL, now: world.world.now }, world.ports);
    expect((await find(PLACE)).entries).toEqual([REF]);
    expect((await find(MEMBERS_PLACE)).entries).toEqual([theirs]);
  });

  test('is told of by the first place’s sweep where its own place is looked after no more', async () => {
    const world = await worldWithOpenJournals();
    const recorded: unknown[] = [];
    Object.assign(world.ports.settings, { memberAccounts: [] });
    Object.assign(world.ports, { metrics: { record: (values: unknown) => void recorded.push(values) } });
    const { totals } = await sweep(world);
    expect(totals.failures).toBe(1);
    expect(totals.notSearched).toMatchObject([
      { ...MEMBERS_PLACE, clusterName: REF.clusterName, reason: expect.stringMatching(/^NotLookedAfter: /) },
    ]);
    expect(recorded).toMatchObject([{ OpenJournals: 2 }]);
  });

  test('is told of once, not by every place', async () => {
    const world = await worldWithOpenJournals();
    const { region } = PLACE;
    Object.assign(world.ports.settings, { memberAccounts: [], regions: [region, 'us-west-2'] });
    expect((await sweep(world, { ...PLACE, region: 'us-west-2' })).totals.notSearched).toEqual([]);
  });

  test('is swept there, and nowhere else', async () => {
    const world = await worldWithOpenJournals();
    expect((await sweep(world)).totals.counts).toMatchObject({ missing: 1 });
    expect((await sweep(world, MEMBERS_PLACE)).totals.counts).toMatchObject({ missing: 1 });
  });
});

describe('the sweep', () => {
  const foreign = { ...REF, principalArn: membersRole() };

  test('judges an entry that names a member’s role, and proves it healthy without a look at the entry', async () => {
    const calls: string[] = [];
    const world = worldOfTwo({ before: (call) => void calls.push(call) });
    putRoleOf(world, MEMBER, 'AROATHEIRS');
    world.tick(600);
    world.putEntry({}, [], foreign);
    expect((await sweep(world)).totals.counts).toMatchObject({ healthy: 1, unknown: 0 });
    const stored = await world.bare.ledger.read(foreign);
    expect(stored?.record.bound).toMatchObject({ principalId: 'AROATHEIRS' });
    calls.length = 0;
    expect((await sweep(world)).totals.counts).toMatchObject({ healthy: 1 });
    expect(calls).not.toContain('accessEntries.describe');
    expect(calls.filter((call) => call === 'principals.read')).toHaveLength(1);
  });

  test('sees that a member’s role was made anew, and starts its rebind', async () => {
    const world = worldOfTwo();
    putRoleOf(world, MEMBER, 'AROATHEIRS');
    world.tick(600);
    world.putEntry({}, [], foreign);
    world.tick(3_600);
    putRoleOf(world, MEMBER, 'AROATHEIRS2');
    world.tick(1_000);
    expect((await sweep(world)).totals).toMatchObject({ counts: { stale: 1 }, started: 1 });
    expect([...world.executions.values()].map(({ input }) => input.entry)).toEqual([foreign]);
  });

  test('takes a member’s role of another path for no proof', async () => {
    const calls: string[] = [];
    const world = worldOfTwo({ before: (call) => void calls.push(call) });
    putRoleOf(world, MEMBER, 'AROATHEIRS');
    world.tick(600);
    world.putEntry({}, [], foreign);
    await sweep(world);
    const [key, reading] = [...world.principals].find(([, { principalId }]) => principalId === 'AROATHEIRS') ?? [];
    if (key && reading) world.principals.set(key, { ...reading, arn: `arn:aws:iam::${MEMBER}:role/x/deployers` });
    calls.length = 0;
    await sweep(world);
    expect(calls).toContain('accessEntries.describe');
  });

  test('asks nothing about a role of an account that is no member', async () => {
    const calls: string[] = [];
    const world = worldOfTwo({ before: (call) => void calls.push(call) });
    world.putEntry({}, [], { ...REF, principalArn: membersRole(STRANGER) });
    expect((await sweep(world)).totals.counts).toMatchObject({ unknown: 1 });
    expect(calls).not.toContain('principals.read');
  });

  test('goes on where a member lets us in no more: of its roles nothing is known', async () => {
    const world = worldOfTwo({
      before: (call) => {
        if (call === 'principals.read') throw new MemberAccessDenied('no');
      },
    });
    world.putRole('AROAOURS');
    world.tick(600);
    world.putEntry();
    world.putEntry({}, [], foreign);
    const { totals } = await sweep(world);
    expect(totals.counts).toMatchObject({ healthy: 1, unknown: 1 });
    expect(totals.failures).toBe(0);
  });

  test('tells of a throttled read instead of taking it for an answer', async () => {
    const world = worldOfTwo({
      before: (call) => {
        if (call === 'principals.read') throw new AwsThrottled('iam:GetRole');
      },
    });
    world.putEntry({}, [], foreign);
    const { notSearched, failures } = (await sweep(world)).totals;
    expect(failures).toBe(1);
    expect(notSearched).toMatchObject([{ accountId: ACCOUNT, reason: expect.stringContaining('AwsThrottled') }]);
  });
});
