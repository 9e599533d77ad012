import { CreateUserCommand, DeleteRoleCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { PolicyStatement } from '../../lib/local/deployment.ts';
import type { LocalAws } from '../../lib/local/index.ts';
import { MEMBER, REGION, START, worldOfAccounts } from './accounts-world.ts';

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

/** `eks:ListClusters of statement 3`, for every action that the statements allow. */
const allowed = (statements: readonly PolicyStatement[]) =>
  statements.flatMap(({ effect, actions }, index) =>
    effect === 'Allow' ? actions.map((action) => `${action} of statement ${index}`) : [],
  );

/** All that can happen in a member account, one after the other. */
async function tour() {
  const world = await worldOfAccounts({ furnish });
  const iam = world.iamOf(MEMBER);
  await world.sweep();
  // The member's clusters can't be listed in any of FindEntries' seven tries, each sent six times: they are searched afterwards.
  world.aws.faults.inject({
    operation: 'ListClusters',
    when: ({ caller }) => caller.accountId === MEMBER,
    times: 42,
    effect: { kind: 'unavailable' },
  });
  await world.recreateRole(MEMBER);
  await world.pass(3_600);
  for (const name of ['nodes', 'admins']) await world.recreateRole(MEMBER, name, EC2);
  await world.run(() => iam.send(new DeleteUserCommand({ UserName: 'ann' })));
  await world.run(() => iam.send(new CreateUserCommand({ UserName: 'ann' })));
  await world.pass(3_600);
  await world.run(() => iam.send(new DeleteRoleCommand({ RoleName: 'deployers' })));
  await world.pass(3_600);
  await world.sweep();
  return world;
}

test('the role in a member account may do just what the hub does there', async () => {
  const world = await tour();
  expect(world.ends('rebind-entry')).toEqual(expect.arrayContaining(['Rebound', 'NeedsApproval']));
  const used = world.aws.permissions.used
    .filter(({ principal }) => principal === MEMBER_ROLE)
    .map(({ action, statement }) => `${action} of statement ${statement}`);
  const { statements = [] } = world.members.roles?.[MEMBER_ROLE] ?? {};
  expect(statements.length).toBeGreaterThan(0);
  expect(allowed(statements).filter((one) => !used.includes(one))).toEqual([]);
  // Every function of the hub that may become it does so.
  const becoming = Object.entries(world.hub.functions).filter(([, { statements: own }]) =>
    own.some(({ actions }) => actions.includes('sts:AssumeRole')),
  );
  const became = world.aws.permissions.used
    .filter(({ action }) => action === 'sts:AssumeRole')
    .map(({ principal }) => principal);
  expect(becoming.map(([name]) => name).filter((name) => !became.includes(name))).toEqual([]);
});
