import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  UpdateAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { expect, test } from 'vitest';
import { type Clients, createClients } from '../../lib/aws/clients.ts';
import { dynamodbLedger } from '../../lib/aws/dynamodb-ledger.ts';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { DEFAULT_NAME_PREFIX } from '../../lib/infra/eks-rebind-props.ts';
import { createSeededRandom } from '../../lib/local/index.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ATTACKED } from './attacked-world.ts';

const ENVIRONMENT = {
  EKS_REBIND_REGIONS: 'eu-west-1',
  EKS_REBIND_APPROVERS: 'arn:aws:iam::111122223333:role/approvers',
};
const deployment = serviceDeployment({
  accountId: '111122223333',
  partition: 'aws',
  region: 'us-east-1',
  environment: ENVIRONMENT,
  ports: {},
});

/** What somebody can call who runs code of their own in the function of a step. */
function takenOver(world: Simulation, stepName: string): Clients {
  const { statements, roleArn = '' } = deployment.functions[functionOf(stepName)] ?? {};
  if (!statements) throw new Error(`there is no function of '${stepName}'`);
  const { accessKeyId, secretAccessKey } = world.aws.credentials.issue({ arn: roleArn, statements });
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const env = { AWS_REGION: 'us-east-1', EKS_REBIND_ACCOUNT_ID: '111122223333', ...keys };
  const { clock, requestHandler } = world.aws;
  return createClients({ env, clock, random: createSeededRandom(3), write: () => {}, requestHandler });
}

const world = await simulate({ ...ATTACKED, ledger: 'dynamodb', environment: ENVIRONMENT });
const eksOf = (stepName: string) => takenOver(world, stepName).eks(world.entry('people'));
const denied = expect.objectContaining({ name: 'AccessDeniedException' });

const at = '2026-11-24T12:00:00.000Z';
const question = {
  schemaVersion: 1 as const,
  id: 'forged',
  principal: { partition: 'aws', accountId: '111122223333', kind: 'role' as const, name: 'people' },
  incarnation: { principalArn: world.roleArn('people'), principalId: 'AROA', createdAt: at },
  digests: [],
  askedAt: at,
  expiresAt: at,
  answers: [],
};
const ledgerOf = (stepName: string) =>
  dynamodbLedger(takenOver(world, stepName), `${DEFAULT_NAME_PREFIX}ledger`, createSeededRandom(4));

const associate = (stepName: string, policy: string) => {
  const { clusterName, principalArn } = world.entry('people');
  const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
  const input = { clusterName, principalArn, policyArn, accessScope: { type: 'cluster' as const } };
  return world.run(() => eksOf(stepName).send(new AssociateAccessPolicyCommand(input)));
};

test.each(['InspectEntry', 'Preflight', 'CreateEntry', 'SweepRegion'])(
  'an approval written by a function that neither asks nor takes answers: denied (%s)',
  async (stepName) => {
    const writing = world.run(() => ledgerOf(stepName).writeQuestion(question, 0));
    await expect(writing).rejects.toThrow('not authorized to perform: dynamodb:PutItem');
  },
);

test('an approval written by a function that asks: that is what taking over one of the two gains', async () => {
  await expect(world.run(() => ledgerOf('AskForApproval').writeQuestion(question, 0))).resolves.toBe('written');
});

test('an entry made an administrator’s by a function of ordinary entries: denied', async () => {
  for (const policy of ['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy']) {
    await expect(associate('Preflight', policy)).rejects.toEqual(denied);
    await expect(associate('AssociatePolicies', policy)).rejects.toEqual(denied);
  }
  await expect(associate('AssociatePolicies', 'AmazonEKSEditPolicy')).resolves.toBeDefined();
  await expect(associate('AssociateAdminPolicies', 'AmazonEKSClusterAdminPolicy')).resolves.toBeDefined();
});

test('an entry in a group of Kubernetes’ own: denied', async () => {
  const { clusterName, principalArn } = world.entry('people');
  const create = (group: string) => {
    const input = { clusterName, principalArn, type: 'STANDARD', kubernetesGroups: [group] };
    return world.run(() => eksOf('CreateEntry').send(new CreateAccessEntryCommand(input)));
  };
  await expect(create('system:masters')).rejects.toEqual(denied);
  await expect(create('viewers')).rejects.toMatchObject({ name: 'ResourceInUseException' });
});

test('an entry for a role of the attacker’s own account: denied', async () => {
  const { clusterName } = world.entry('people');
  const input = { clusterName, principalArn: 'arn:aws:iam::999988887777:role/evil', type: 'STANDARD' };
  for (const stepName of ['CreateEntry', 'PreflightAdmin']) {
    const creating = world.run(() => eksOf(stepName).send(new CreateAccessEntryCommand(input)));
    await expect(creating).rejects.toEqual(denied);
  }
});

test.each(Object.keys(deployment.functions))(
  'an entry changed where it stands, by whatever function: denied (%s)',
  async (name) => {
    const { clusterName, principalArn } = world.entry('people');
    const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
    const eks = eksOf(name.slice(DEFAULT_NAME_PREFIX.length));
    const groups = { clusterName, principalArn, kubernetesGroups: ['admins'] };
    await expect(world.run(() => eks.send(new UpdateAccessEntryCommand(groups)))).rejects.toEqual(denied);
    const policy = { clusterName, principalArn, policyArn };
    await expect(world.run(() => eks.send(new DisassociateAccessPolicyCommand(policy)))).rejects.toEqual(denied);
  },
);
