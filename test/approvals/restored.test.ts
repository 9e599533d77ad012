import { DeleteRoleCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { noReadLag } from '../../lib/local/iam/read-lag.ts';
import { ends } from '../statemachines/ends.ts';
import { grants } from '../promises/grants.ts';
import { ADMINS, approvalWorld } from './approval-world.ts';

const POLICIES = { AmazonEKSViewPolicy: [], AmazonEKSEditPolicy: ['shop'] };
const ENTRIES = [{ role: 'admins', type: 'STANDARD', groups: ['ops'], tags: { team: 'ops' }, policies: POLICIES }];

test('an entry that was removed as orphaned is whole again once a person approved, and not before', async () => {
  const world = await approvalWorld({ entries: ENTRIES, environment: { EKS_REBIND_ORPHANS: 'remove' } });
  const before = world.standing('admins');
  await world.deleteRole('admins');
  await world.quiet();
  expect(world.standing('admins')).toBeUndefined();

  await world.createRole(ADMINS);
  await world.untilAsked();
  expect(world.sent).toHaveLength(1);
  expect(world.standing('admins')).toBeUndefined();

  expect(await world.answer('approve')).toMatchObject({ statusCode: 200 });
  await world.quiet();
  const after = world.standing('admins');
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  expect(after && grants(after)).toEqual(before && grants(before));
  expect(world.authenticates('admins')).toBe(200);
});

test('a role that goes between our delete and our create, and comes back five times, ends with what it had', async () => {
  const world = await approvalWorld({ entries: ENTRIES, lag: noReadLag });
  const before = world.standing('admins');
  let creates = 0;
  const { aws, clients } = world;
  aws.faults.inject({
    operation: 'CreateAccessEntry',
    when: (call) => {
      // Preflight's probe comes while the entry stands; the create that counts comes after the delete.
      const isTheOne = world.standing('admins') === undefined && (creates += 1) === 1;
      if (isTheOne) void clients.iam().send(new DeleteRoleCommand({ RoleName: 'admins' }));
      return isTheOne && call.operation === 'CreateAccessEntry';
    },
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole(ADMINS);
  await world.pass(900);
  expect(world.standing('admins')).toBeUndefined();

  for (let time = 1; time <= 5; time += 1) {
    await world.createRole(ADMINS);
    await world.pass(3600);
    if (time < 5) await world.deleteRole('admins');
  }
  expect(world.standing('admins')).toBeUndefined();
  expect(await world.answer('approve')).toMatchObject({ statusCode: 200 });
  await world.quiet();
  const after = world.standing('admins');
  expect(after && grants(after)).toEqual(before && grants(before));
  expect(world.authenticates('admins')).toBe(200);
});
