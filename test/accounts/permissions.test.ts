import { expect, test } from 'vitest';
import type { Deployment, PolicyStatement } from '../../lib/local/deployment.ts';
import { MEMBER, memberDeployment } from './accounts-world.ts';
import { tour, tourWithOutage } from './member-tour.ts';

const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`;

/** One action of one statement. */
interface Allowed {
  readonly action: string;
  readonly statement: number;
}

const allowed = (statements: readonly PolicyStatement[]): Allowed[] =>
  statements.flatMap(({ effect, actions }, statement) =>
    effect === 'Allow' ? actions.map((action) => ({ action, statement })) : [],
  );

// Once for all: nothing here depends on what a test does.
const whole = await tour();

const { roles = {} } = memberDeployment(MEMBER);
const ofMember = allowed(roles[MEMBER_ROLE]?.statements ?? []);

test('all that can happen in a member account ends as it should', () => {
  const { sweeps, rebinds, changes } = whole.signs;
  expect(sweeps).toEqual([
    ['Swept', expect.objectContaining({ healthy: 7, stale: 0, orphaned: 0 })],
    // The user waits for a person, and the role that stays away has an entry in each account.
    ['Swept', expect.objectContaining({ healthy: 4, stale: 1, orphaned: 2 })],
  ]);
  expect(rebinds.toSorted()).toEqual(['NeedsApproval', 'Rebound', 'Rebound', 'Rebound', 'Rebound']);
  expect(changes.filter((end) => end.startsWith('FAILED'))).toEqual([]);
});

test('the role in a member account may do just what the hub does there', () => {
  const { used } = whole.world.aws.permissions;
  const isUsed = ({ action, statement }: Allowed) =>
    used.some((one) => one.principal === MEMBER_ROLE && one.action === action && one.statement === statement);
  expect(ofMember.length).toBeGreaterThan(10);
  expect(ofMember.filter((one) => !isUsed(one))).toEqual([]);
});

test('every function of the hub that may become it does so', async () => {
  const { world } = await tourWithOutage();
  const may = Object.entries(world.hub.functions).filter(([, { statements }]) =>
    statements.some(({ actions }) => actions.includes('sts:AssumeRole')),
  );
  const used = [whole.world, world].flatMap(({ aws }) => aws.permissions.used);
  const did = used.filter(({ action }) => action === 'sts:AssumeRole');
  const names = new Set(did.map(({ principal }) => principal));
  expect(may.length).toBeGreaterThan(5);
  expect(may.map(([name]) => name).filter((name) => !names.has(name))).toEqual([]);
});

test.each(ofMember)('without $action in statement $statement something there goes otherwise', async (taken) => {
  const { signs } = await tour({ change: (deployment) => without(deployment, taken) });
  expect(signs).not.toEqual(whole.signs);
});

/** The member's stack without one action of its role. */
function without(deployment: Deployment, { action, statement }: Allowed): Deployment {
  const role = deployment.roles?.[MEMBER_ROLE];
  if (!role) throw new Error(`a member has no role '${MEMBER_ROLE}'`);
  const statements = role.statements.map((each, index) =>
    index === statement ? { ...each, actions: each.actions.filter((one) => one !== action) } : each,
  );
  return { ...deployment, roles: { ...deployment.roles, [MEMBER_ROLE]: { ...role, statements } } };
}
