import { CreateUserCommand, DeleteRoleCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import type { Call } from '../../lib/local/call.ts';
import type { LocalAws } from '../../lib/local/index.ts';
import { MEMBER, REGION, START, worldOfAccounts } from './accounts-world.ts';

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

type Options = Parameters<typeof worldOfAccounts>[0];

/** All that can happen in a member account, one after the other. */
export async function tour(options: Options = {}) {
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

const isFindingInMember = ({ caller }: Call) => caller.accountId === MEMBER && caller.arn.endsWith('-FindEntries');

/**
 * The same while FindEntries can't list the member's clusters, however often it tries again: FindMissedEntries has to look, which
 * it never does otherwise.
 */
export const tourWithOutage = (options: Options = {}) =>
  tour({
    ...options,
    furnish(aws) {
      furnish(aws);
      aws.faults.inject({ operation: 'ListClusters', when: isFindingInMember, effect: { kind: 'unavailable' } });
    },
  });
