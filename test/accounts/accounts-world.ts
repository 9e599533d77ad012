import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { App } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { createClients } from '../../lib/aws/clients.ts';
import { memoryLedger } from '../../lib/aws/memory-ledger.ts';
import { runSweep } from '../../lib/cli/stage/run-sweep.ts';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { EksRebindMemberProps } from '../../lib/infra/eks-rebind-member-props.ts';
import { MemberStack } from '../../lib/infra/member-stack.ts';
import type { Template } from '../../lib/infra/synthesize.ts';
import type { Deployment } from '../../lib/local/deployment.ts';
import { deploymentOf } from '../../lib/local/cloudformation/deployment-of.ts';
import { type LocalAws, createLocalAws, createSeededRandom, createVirtualClock } from '../../lib/local/index.ts';

export const HUB = '111122223333';
export const MEMBER = '444455556666';
/** An account that has clusters and roles, and is no member. */
export const STRANGER = '777788889999';
const HOME = 'us-east-1';
export const REGION = 'eu-west-1';
export const START = Date.parse('2026-11-24T05:30:00Z');
const DAY_MS = 86_400_000;

export const roleArn = (accountId: string, name = 'deployers') => `arn:aws:iam::${accountId}:role/${name}`;
const trust = (accountId: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
  });

interface AccountsOptions {
  /** The hub's settings. @default the one member, with the external id that it asks for */
  readonly environment?: Readonly<Record<string, string>>;
  readonly member?: Partial<EksRebindMemberProps>;
  /** Gives back what the member's stack deploys instead. @default what its template says */
  readonly change?: (deployment: Deployment) => Deployment;
  /** Gives back other templates than those that are synthesized, the hub's and the members'. @default as they are */
  readonly changeHub?: (template: Template) => Template;
  readonly changeMember?: (template: Template) => Template;
  /** Puts more into the world before the service comes. @default nothing */
  readonly furnish?: (aws: LocalAws) => void;
  /** Accounts that have the member's stack. @default the member */
  readonly stacksIn?: readonly string[];
}

function codeOf(): never {
  throw new Error('a member has no functions');
}

/** The very template that a member account would deploy. */
export function memberTemplate(accountId: string, props: Partial<EksRebindMemberProps> = {}): Template {
  const env = { account: accountId, region: HOME };
  const given = { hubAccountId: HUB, regions: [REGION], externalId: 'a-secret', ...props };
  return { Resources: {}, ...Assertions.fromStack(new MemberStack(new App(), 'Member', { env, ...given })).toJSON() };
}

/** What a member account deploys: its template, read by the local AWS. */
export const memberDeployment = (accountId: string, template = memberTemplate(accountId)): Deployment =>
  deploymentOf(template, { accountId, partition: 'aws', region: HOME, codeOf });

/**
 * Three accounts with a cluster `prod` and a role `deployers` each. The hub's cluster has entries of its own role and of the
 * member's; the member's cluster has entries of both roles, too; the stranger's has one of its own.
 */
export async function worldOfAccounts({
  environment,
  member = {},
  change = (deployment) => deployment,
  changeHub,
  changeMember = (template) => template,
  furnish,
  stacksIn = [MEMBER],
}: AccountsOptions = {}) {
  const clock = createVirtualClock(START);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const aws = createLocalAws({ clock, random: createSeededRandom(4), write });
  for (const accountId of [HUB, MEMBER, STRANGER]) {
    const role = {
      kind: 'role',
      partition: 'aws',
      accountId,
      name: 'deployers',
      path: '/',
      arn: roleArn(accountId),
    } as const;
    const uniqueId = `AROADEPLOYERS${accountId.slice(0, 8)}`;
    aws.iam.put({ ...role, uniqueId, createDate: START - 30 * DAY_MS, trustPolicy: trust(accountId), tags: {} });
    aws.eks.state.addCluster({ accountId, region: REGION, name: 'prod', createdAt: START - 20 * DAY_MS });
  }
  const entry = (accountId: string, principalOf: string) => ({
    accountId,
    region: REGION,
    clusterName: 'prod',
    principalArn: roleArn(principalOf),
  });
  const policies = [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      scope: { type: 'cluster', namespaces: [] },
    },
  ] as const;
  for (const [accountId, principalOf] of [
    [HUB, HUB],
    [HUB, MEMBER],
    [MEMBER, HUB],
    [MEMBER, MEMBER],
    [STRANGER, STRANGER],
  ] as const) {
    aws.eks.state.addEntry({ ...entry(accountId, principalOf), policies, createdAt: START - 10 * DAY_MS });
  }

  furnish?.(aws);

  const settings = {
    EKS_REBIND_REGIONS: REGION,
    EKS_REBIND_MEMBER_ACCOUNTS: MEMBER,
    EKS_REBIND_EXTERNAL_ID: 'a-secret',
    EKS_REBIND_GRACE_SECONDS: '900',
    ...environment,
  };
  const ledger = memoryLedger();
  const where = { accountId: HUB, partition: 'aws', region: HOME };
  const hub = serviceDeployment({
    ...where,
    environment: settings,
    ports: { ledger },
    ...(changeHub && { change: changeHub }),
  });
  aws.deploy(hub);
  for (const accountId of stacksIn) {
    aws.deploy(change(memberDeployment(accountId, changeMember(memberTemplate(accountId, member)))));
  }

  const run = <T>(work: () => Promise<T>) => clock.run(work);
  const machineArn = (name: string) => `arn:aws:states:${HOME}:${HUB}:stateMachine:eks-rebind-${name}`;
  const ownerOf = (accountId: string) => {
    const { accessKeyId, secretAccessKey } = aws.credentials.issue({ arn: `arn:aws:iam::${accountId}:root` });
    const env = { AWS_REGION: HOME, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const { requestHandler } = aws;
    return createClients({ env, clock, random: createSeededRandom(7), write: () => {}, requestHandler }).iam();
  };

  return {
    aws,
    clock,
    /** IAM as the account's owner has it. */
    iamOf: ownerOf,
    /** What the hub's stack deployed. */
    hub,
    lines,
    ledger,
    run,
    pass: (seconds: number) => run(() => clock.pause(seconds * 1_000)),
    /** Deletes the account's role and makes it again, a few seconds later. */
    async recreateRole(accountId: string, name = 'deployers', document = trust(accountId)) {
      const iam = ownerOf(accountId);
      await run(() => iam.send(new DeleteRoleCommand({ RoleName: name })));
      await run(() => clock.pause(5_000));
      const role = { RoleName: name, AssumeRolePolicyDocument: document };
      await run(() => iam.send(new CreateRoleCommand(role)));
    },
    /** Starts a state machine with an input of somebody's own, and waits for its end. */
    async start(name: string, input: object) {
      const executionArn = aws.stepFunctions.startExecution(machineArn(name), JSON.stringify(input));
      await run(async () => aws.stepFunctions.world.executions.get(executionArn)?.attempt.ended);
    },
    sweep: () => run(() => runSweep(aws, machineArn('sweep'))),
    /** How executions of a state machine ended: their names, or their status with the error. */
    ends: (name: string) =>
      [...aws.stepFunctions.world.executions.values()]
        .filter(({ machine }) => machine.arn === machineArn(name))
        .map(({ status, error, outputText = '{}' }) => {
          const output: Record<string, unknown> = JSON.parse(outputText);
          return status === 'SUCCEEDED' ? String(output['name']) : [status, error].filter(Boolean).join(' ');
        }),
    causes: (name: string) =>
      [...aws.stepFunctions.world.executions.values()]
        .filter(({ machine }) => machine.arn === machineArn(name))
        .map(({ cause = '' }) => cause),
    outputs: (name: string) =>
      [...aws.stepFunctions.world.executions.values()]
        .filter(({ machine }) => machine.arn === machineArn(name))
        .map(({ outputText = '{}' }): Record<string, unknown> => JSON.parse(outputText)),
    standing: (accountId: string, principalOf: string) => aws.eks.state.entry(entry(accountId, principalOf)),
    /** What the cluster answers to the living role of an account. */
    lets(clusterOf: string, principalOf: string): 200 | 401 {
      const { accessKeyId } = aws.credentials.issue({ arn: roleArn(principalOf) });
      return aws.authenticate(`arn:aws:eks:${REGION}:${clusterOf}:cluster/prod`, accessKeyId).status;
    },
    /** Calls that wrote to EKS, by whose session they were. */
    writes: () =>
      aws.calls.all
        .filter(
          ({ operation }) =>
            /AccessEntry$|AssociateAccessPolicy/.test(operation) && !/^(Describe|List)/.test(operation),
        )
        .map(({ operation, accessKeyId }) => `${aws.credentials.holderOf(accessKeyId)?.arn} ${operation}`),
  };
}
