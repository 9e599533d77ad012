import { CreateUserCommand, DeleteRoleCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { Call } from '../../lib/local/call.ts';
import type { Deployment, PolicyStatement } from '../../lib/local/deployment.ts';
import type { LocalAws } from '../../lib/local/index.ts';
import { MEMBER, memberDeployment, REGION, START, worldOfAccounts } from './accounts-world.ts';

const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`;
const DAY_MS = 86_400_000;
const EC2 = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const PRINCIPALS = [
  ['role', 'nodes', 'AROANODES00000000000'],
  ['role', 'admins', 'AROAADMINS0000000000'],
  ['user', 'ann', 'AIDAANN0000000000000'],
] as const;

/** A member with nodes, administrators of a namespace, and a user, each with an entry. */
function furnish(aws: LocalAws): void {
  for (const [kind, name, uniqueId] of PRINCIPALS) {
    const arn = `arn:aws:iam::${MEMBER}:${kind}/${name}`;
    const principal = { kind, partition: 'aws', accountId: MEMBER, name, path: '/', arn, uniqueId, tags: {} };
    aws.iam.put({ ...principal, createDate: START - 30 * DAY_MS, ...(kind === 'role' && { trustPolicy: EC2 }) });
    aws.eks.state.addEntry({
      accountId: MEMBER,
      region: REGION,
      clusterName: 'prod',
      principalArn: arn,
      type: name === 'nodes' ? 'EC2_LINUX' : 'STANDARD',
      tags: { made: 'by-hand' },
      createdAt: START - 10 * DAY_MS,
      policies:
        name === 'admins'
          ? [{ policyArn: policyArn('AmazonEKSAdminPolicy'), scope: { type: 'namespace', namespaces: ['team'] } }]
          : [],
    });
  }
}

/** One action of one statement. */
interface Allowed {
  readonly action: string;
  readonly statement: number;
}

const allowed = (statements: readonly PolicyStatement[]): Allowed[] =>
  statements.flatMap(({ effect, actions }, statement) =>
    effect === 'Allow' ? actions.map((action) => ({ action, statement })) : [],
  );

type Options = Parameters<typeof worldOfAccounts>[0];

/** All that can happen in a member account, one after the other. */
async function tour(options: Options = {}) {
  const world = await worldOfAccounts({ furnish, ...options });
  const iam = world.iamOf(MEMBER);
  const before = await world.sweep();
  await world.recreateRole(MEMBER);
  for (const name of ['nodes', 'admins']) await world.recreateRole(MEMBER, name, EC2);
  await world.run(() => iam.send(new DeleteUserCommand({ UserName: 'ann' })));
  await world.run(() => iam.send(new CreateUserCommand({ UserName: 'ann' })));
  await world.pass(1_800);
  await world.run(() => iam.send(new DeleteRoleCommand({ RoleName: 'deployers' })));
  await world.pass(1_800);
  const after = await world.sweep();
  const sweeps = [before, after].map(({ output }) => [output['name'], output['counts']]);
  const told = world.outputs('rebind-entry').map(({ reasons = [] }) => JSON.stringify(reasons).match(/"rule":"\w+"/g));
  return { world, signs: { sweeps, told, rebinds: world.ends('rebind-entry'), changes: world.ends('role-changed') } };
}

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
  // Longer than FindEntries tries again, five and a half minutes: FindMissedEntries has to look, which it never does otherwise.
  const { world } = await tour({
    furnish(aws) {
      furnish(aws);
      const isDown = () => aws.clock.now() > START + 5_000 && aws.clock.now() < START + 400_000;
      const when = (call: Call) => call.caller.accountId === MEMBER && isDown();
      aws.faults.inject({ operation: 'ListClusters', when, effect: { kind: 'unavailable' } });
    },
  });
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
