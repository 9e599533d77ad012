import { describe, expect, test } from 'vitest';
import {
  createRole,
  createUser,
  deleteRole,
  deleteUser,
  deniedRole,
  EC2_TRUST,
  inEnvelope,
  otherCall,
} from '../records.ts';
import { replayed } from '../replayed.ts';

const time = (second: number) =>
  `${new Date(Date.parse('2024-05-01T10:00:00Z') + second * 1000).toISOString().slice(0, 19)}Z`;
const made = (second: number, more = {}) => createRole({ at: time(second), ...more });
const gone = (second: number, more = {}) => deleteRole({ at: time(second), ...more });
const trust = (principal: unknown) => ({
  trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] },
});

const ENTRY_TYPES = ['EC2', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX', 'STANDARD'];

describe('a replayed recreation', () => {
  test.each([
    ['one CreateRole', made(0)],
    ['a DeleteRole and a CreateRole', [gone(0), made(60)]],
    ['both in the same second', { Records: [gone(0), made(0)] }],
    ['both, written down in the wrong order', { Records: [made(60), gone(0)] }],
    ['a CreateRole in EventBridge’s envelope', inEnvelope(made(0))],
    ['a role under a path', made(0, { path: '/team/nodes/' })],
    ['a role with every kind of character', made(0, { name: 'a+b=c,d.e@f-g_h' })],
    ['a role with the longest name', made(0, { name: 'x'.repeat(64) })],
    ['China', made(0, { partition: 'aws-cn', region: 'cn-north-1' })],
    ['GovCloud', made(0, { partition: 'aws-us-gov', region: 'us-gov-west-1' })],
    ['a region where IAM’s events don’t arise', made(0, { region: 'eu-west-1' })],
    ['a CreateRole without its answer', made(0, { more: { responseElements: null } })],
    ['a CreateRole that is recorded twice', ((twice) => [twice, twice])(made(0))],
    ['a CreateRole after one that failed', [made(0, { more: { errorCode: 'LimitExceeded' } }), made(10)]],
    ['a role that came and went before', [made(0), gone(20), made(40), gone(60), made(80)]],
    ['a role that comes back after months', [made(0), gone(90 * 86_400), made(91 * 86_400)]],
    [
      'roles and users that its trust policy names',
      made(
        0,
        trust({
          AWS: ['arn:aws:iam::444455556666:role/deployer', 'arn:aws:iam::444455556666:user/bob', '444455556666'],
        }),
      ),
    ],
  ])('of %s ends with an entry of each type healthy', async (_, records) => {
    const { code, stderr, document } = await replayed(records);
    expect({ code, stderr, untouched: document.untouched }).toEqual({ code: 0, stderr: [], untouched: [] });
    expect(document.entries.map(({ type }) => type).toSorted()).toEqual(ENTRY_TYPES);
    for (const entry of document.entries) {
      expect(entry).toMatchObject({
        before: { verdict: 'stale', authenticates: false },
        after: { verdict: 'healthy', authenticates: true },
        configurationPreserved: true,
        status: 'SUCCEEDED',
        redriven: false,
      });
    }
  });

  test('carries the path in the ARN, and dates from the records', async () => {
    const { document } = await replayed(made(0, { path: '/team/nodes/' }));
    expect(document.entries[0]?.principalArn).toBe('arn:aws:iam::444455556666:role/team/nodes/worker');
    expect(document.timeline.at(-1)?.at).toMatch(/^2024-05-01T10:0/);
  });

  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('in partition %s happens in a region of it', async (partition, region) => {
    const { code, document } = await replayed(made(0, { partition, region }));
    expect(code).toBe(0);
    expect(new Set(document.entries.map((entry) => `${entry.principalArn.split(':')[1]} ${entry.region}`))).toEqual(
      new Set([`${partition} ${region}`]),
    );
  });

  test('takes the settle age, and little more', async () => {
    const { p50, max } = (await replayed(made(0))).document.secondsFromRecreationToRebound;
    expect(p50).toBeGreaterThanOrEqual(120);
    expect(max).toBeLessThan(180);
  });

  test('of an Identity Center role ends healthy: its provider counts by name', async () => {
    const name = 'AWSReservedSSO_PowerUserAccess_0123456789abcdef';
    const federated = { Federated: 'arn:aws:iam::444455556666:saml-provider/AWSSSO_0123_DO_NOT_DELETE' };
    const sso = made(0, { name, path: '/aws-reserved/sso.amazonaws.com/eu-west-1/', ...trust(federated) });
    const { code, document } = await replayed(sso);
    expect(code).toBe(0);
    expect(document.entries.map(({ after }) => after.verdict)).toEqual(ENTRY_TYPES.map(() => 'healthy'));
  });

  test('of several accounts is told for each', async () => {
    const records = [
      made(0),
      made(5, { accountId: '777788889999' }),
      made(5, { accountId: '222233334444', partition: 'aws-cn', region: 'cn-north-1' }),
    ];
    const { code, document } = await replayed({ Records: records });
    const accounts = new Set(document.entries.map(({ principalArn }) => principalArn.split(':').slice(1, 5).join(':')));
    expect(code).toBe(0);
    expect([...accounts]).toEqual(['aws:iam::444455556666', 'aws:iam::777788889999', 'aws-cn:iam::222233334444']);
    expect(document.entries).toHaveLength(3 * ENTRY_TYPES.length);
  });
});

describe('a replay that changes nothing', () => {
  test.each([
    ['a DeleteRole', gone(0), 'Orphaned'],
    ['a role made and deleted within the settle age', [made(0), gone(30)], 'Orphaned'],
    [
      'a service-linked role',
      made(0, { name: 'AWSServiceRoleForAmazonEKS', path: '/aws-service-role/eks.amazonaws.com/' }),
      'NothingToDo: ServiceLinkedRole',
    ],
    [
      'a role under another path than before',
      [made(0, { path: '/a/' }), gone(10), made(20, { path: '/b/' })],
      'Refused: ArnDiffers',
    ],
    ['a role that anybody may assume', made(0, trust('*')), 'NeedsApproval: TrustUnreadable'],
    [
      'a call that failed',
      made(0, { more: { errorCode: 'EntityAlreadyExistsException', responseElements: null } }),
      'healthy',
    ],
  ])('%s: every entry stays as it was, and the reason is said', async (_, records, reason) => {
    const { code, document } = await replayed(records);
    expect({ code, entries: document.entries }).toEqual({ code: 0, entries: [] });
    expect(document.untouched).toHaveLength(ENTRY_TYPES.length);
    for (const entry of document.untouched) expect(entry).toMatchObject({ changed: false, reason });
  });

  test.each([
    ['was made again', [deleteUser({ at: time(0) }), createUser({ at: time(20) })], 'NeedsApproval: TrustUnreadable'],
    ['was made again, as one record tells', createUser({ at: time(0) }), 'NeedsApproval: TrustUnreadable'],
    ['was deleted', deleteUser({ at: time(0) }), 'Orphaned'],
  ])('a user that %s: its one entry is left to a person', async (_, records, reason) => {
    const { code, document } = await replayed(records);
    expect({ code, entries: document.entries }).toEqual({ code: 0, entries: [] });
    expect(document.untouched).toMatchObject([
      { principalArn: 'arn:aws:iam::444455556666:user/ada', changed: false, reason },
    ]);
  });

  test('a user is not the role of its name: the one is deleted, the other rebound', async () => {
    const { code, document } = await replayed([made(0, { name: 'ada' }), deleteUser({ at: time(1) })]);
    expect(code).toBe(0);
    expect(document.entries.map(({ after }) => after.verdict)).toEqual(ENTRY_TYPES.map(() => 'healthy'));
    expect(document.untouched).toMatchObject([
      { principalArn: expect.stringContaining(':user/ada'), reason: 'Orphaned' },
    ]);
  });

  test('a role that is made again for somebody else is left to a person', async () => {
    const { code, document } = await replayed([
      made(0),
      gone(500),
      made(505, trust({ Service: 'lambda.amazonaws.com' })),
    ]);
    expect(code).toBe(0);
    expect(document.untouched.map(({ changed, reason }) => `${changed} ${reason}`)).toEqual(
      ENTRY_TYPES.map(() => 'false NeedsApproval: NoRuleMatches'),
    );
  });

  test('a denied call that names no role is delivered, and nothing more', async () => {
    const { code, document } = await replayed(deniedRole('CreateRole', { at: time(0) }));
    expect({ code, entries: document.entries, untouched: document.untouched }).toEqual({
      code: 0,
      entries: [],
      untouched: [],
    });
  });

  test('names the calls it passes over, in their order', async () => {
    const { code, document } = await replayed({
      Records: [otherCall('UpdateUser', { at: time(0) }), otherCall('PutRolePolicy', { at: time(1) })],
    });
    expect(code).toBe(0);
    expect(document.passedOver).toEqual([
      { eventName: 'UpdateUser', reason: 'makes or deletes no role or user' },
      { eventName: 'PutRolePolicy', reason: 'makes or deletes no role or user' },
    ]);
  });
});

describe('roles deleted at every moment of their rebind', () => {
  // A role every three seconds, deleted from well before its rebind begins until well after: whatever a step was doing just then.
  const moments = Array.from({ length: 10 }, (_, index) => ({ name: `role-${index}`, at: 115 + 3 * index }));
  const deleted = moments.flatMap(({ name, at }) => [made(0, { name, trust: EC2_TRUST }), gone(at, { name })]);

  test('have no entry changed while they are gone', async () => {
    const { code, stderr } = await replayed(deleted);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  });

  test('and made again: each entry ends healthy or named with the guard’s rule', async () => {
    const { code, stderr } = await replayed([...deleted, ...moments.map(({ name, at }) => made(at + 1, { name }))]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  });
});
