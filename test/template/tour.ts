import { CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import { DeleteStateMachineCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { answerQuestion } from '../../lib/aws/answer-client.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { DEFAULT_NAME_PREFIX } from '../../lib/infra/eks-rebind-props.ts';
import { before, ownerOf } from '../simulator/owner.ts';
import type { EntrySeed } from '../../lib/local/eks/world.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ACCOUNT, type SimulationOptions, trusting } from '../simulator/world-options.ts';

// What the service can be asked to do, as short stories: together they use everything that is deployed.

const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
/** Who may answer. */
export const GRACE = `arn:aws:iam::${ACCOUNT}:user/grace`;
const [HOME, AWAY] = ['eu-central-1', 'eu-west-1'];

/** All that can be switched on, so that all that can be deployed is. */
export const EVERYTHING_ON = {
  EKS_REBIND_REGIONS: `${HOME},${AWAY}`,
  EKS_REBIND_APPROVERS: GRACE,
  EKS_REBIND_APPROVAL_SECONDS: '86400',
  EKS_REBIND_ORPHANS: 'remove',
  EKS_REBIND_GRACE_SECONDS: '900',
};

/** A story: a world, and what happens in it. */
export interface Story {
  readonly name: string;
  readonly options?: SimulationOptions;
  readonly happens: (world: Simulation) => Promise<void>;
}

/** A role of people, who get in as their account has it. */
export const people = { name: 'people', trust: trusting({ AWS: ROOT }) };
const admins = { name: 'admins', trust: trusting({ AWS: ROOT }) };
/** A world of people with access in one namespace more than to look. */
export const withPeople: SimulationOptions = {
  roles: [people],
  entries: [
    {
      role: 'people',
      type: 'STANDARD',
      groups: ['devs'],
      // The admin policy in a namespace makes nobody an administrator of the cluster.
      policies: { AmazonEKSViewPolicy: [], AmazonEKSAdminPolicy: ['team'] },
    },
  ],
};
const withAdmins: SimulationOptions = {
  roles: [admins],
  entries: [{ role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } }],
};
// Nodes of Auto Mode may have access policies, so administrators' as well.
const withAdminNodes: SimulationOptions = {
  entries: [{ role: 'nodes', type: 'EC2', policies: { AmazonEKSClusterAdminPolicy: [] } }],
};

const userArn = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
const makeUser = (world: Simulation, UserName: string) =>
  world.run(async () => void (await world.clients.iam().send(new CreateUserCommand({ UserName }))));
const deleteUser = (world: Simulation, UserName: string) =>
  world.run(async () => void (await world.clients.iam().send(new DeleteUserCommand({ UserName }))));

/** A user with an entry, as the inventory knows it. */
async function settleUser(world: Simulation, more: Partial<EntrySeed> = {}): Promise<void> {
  await makeUser(world, 'ann');
  await world.pass(600);
  world.aws.eks.state.addEntry({ ...world.entry('nodes'), principalArn: userArn('ann'), type: 'STANDARD', ...more });
  await world.pass(600);
  await world.takeInventory();
}

/** A user with an entry of these policies, who is then made anew. */
async function recreateUser(world: Simulation, policies: Readonly<Record<string, []>>): Promise<void> {
  await settleUser(world, {
    tags: { made: 'by-hand' },
    policies: Object.keys(policies).map((name) => ({
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      scope: { type: 'cluster', namespaces: [] },
    })),
  });
  await deleteUser(world, 'ann');
  await world.pass(5);
  await makeUser(world, 'ann');
}

/** Lets two sweeps pass, an hour apart: what IAM shows once may be a slip. */
async function sweptTwice(world: Simulation): Promise<void> {
  for (let sweeps = 0; sweeps < 2; sweeps += 1) {
    await world.pass(3600);
    await world.takeInventory();
  }
  await world.quiet();
}

/** Waits for the question that people are sent, and answers as grace, whom only the function's own policy lets in. */
export async function graceApproves(world: Simulation): Promise<void> {
  let question: string | undefined;
  for (let waited = 0; waited < 3600 && question === undefined; waited += 30) {
    await world.pass(30);
    const sent = world.aws.sns.messages.map(({ message }) => /"question":"([0-9a-f]{24})"/.exec(message)?.[1]);
    question = sent.find((id) => id !== undefined);
  }
  const key = world.aws.credentials.issue({ arn: GRACE, statements: [] });
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  };
  const { clock, requestHandler } = world.aws;
  const runtime = { env, clock, random: () => 0.5, write: () => {}, requestHandler };
  const url = /https:\/\/\S+?\.lambda-url\.\S+?\.on\.aws\//.exec(JSON.stringify(world.aws.sns.messages))?.[0];
  const asked = question;
  if (asked !== undefined && url !== undefined)
    await world.run(() => answerQuestion(runtime, url, { question: asked, answer: 'approve' }));
  await world.quiet();
}

/** The owner deletes the entry after it was read, and just before we ask EKS whether it would take it back. */
export function deletedBeforeTheProbe(world: Simulation, role: string): void {
  let isDeleted = false;
  world.aws.faults.inject({
    operation: 'CreateAccessEntry',
    when() {
      if (!isDeleted) ownerOf(world).deletes(world.entry(role));
      isDeleted = true;
      return false;
    },
    effect: { kind: 'throttle' },
  });
}

const machineArn = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${DEFAULT_NAME_PREFIX}${name}`;

/** Lets a rule's schedule come due. */
const comeDue = (world: Simulation, name: string) =>
  world.run(() =>
    world.aws.events.fire({ accountId: ACCOUNT, region: 'us-east-1', name: `${DEFAULT_NAME_PREFIX}${name}` }),
  );

/** Everything that is deployed is used by one of these. */
export const STORIES: readonly Story[] = [
  {
    name: 'a node role is recreated',
    happens: async (world) => {
      await world.recreateRole({ name: 'nodes' });
      await world.quiet();
    },
  },
  {
    name: 'a role of people is recreated, and the news comes twice',
    options: { ...withPeople, travel: { copies: () => 2 } },
    happens: async (world) => {
      await world.recreateRole(people);
      await world.quiet();
    },
  },
  {
    name: 'a role of administrators is recreated, and grace approves',
    options: withAdmins,
    happens: async (world) => {
      await world.recreateRole(admins);
      await graceApproves(world);
    },
  },
  {
    name: 'a role of nodes that are administrators is recreated, and grace approves',
    options: withAdminNodes,
    happens: async (world) => {
      await world.recreateRole({ name: 'nodes' });
      await graceApproves(world);
    },
  },
  {
    name: 'a user is made anew, and grace approves',
    options: { inventory: false },
    happens: async (world) => {
      await recreateUser(world, { AmazonEKSViewPolicy: [] });
      await graceApproves(world);
    },
  },
  {
    name: 'a user who is an administrator is made anew, and grace approves',
    options: { inventory: false },
    happens: async (world) => {
      await recreateUser(world, { AmazonEKSClusterAdminPolicy: [] });
      await graceApproves(world);
    },
  },
  {
    name: 'a role stays away, and its entry is removed',
    options: withPeople,
    happens: async (world) => {
      await world.deleteRole('people');
      await world.quiet();
    },
  },
  {
    name: 'a user stays away, and the entry is removed',
    options: { inventory: false },
    happens: async (world) => {
      await settleUser(world);
      await deleteUser(world, 'ann');
      await world.quiet();
    },
  },
  {
    name: 'no event tells of a recreated role, nor of one that is gone: the sweep finds both',
    options: {
      roles: [{ name: 'nodes' }, people],
      entries: [{ role: 'nodes' }, ...(withPeople.entries ?? [])],
      travel: { copies: () => 0 },
    },
    happens: async (world) => {
      await world.recreateRole({ name: 'nodes' });
      await world.deleteRole('people');
      await sweptTwice(world);
    },
  },
  {
    name: 'a region cannot be searched at first',
    options: { clusters: [{ name: 'prod' }, { name: 'away', region: AWAY }] },
    happens: async (world) => {
      const fault = world.aws.faults.inject({
        operation: 'ListClusters',
        when: ({ region }) => region === AWAY,
        effect: { kind: 'unavailable' },
      });
      await world.recreateRole({ name: 'nodes' });
      await world.pass(1800);
      fault.lift();
      for (const { arn, end } of world.ran('role-changed')) if (end.startsWith('FAILED')) await world.redrive(arn);
      await world.quiet();
    },
  },
  {
    name: 'the owner deletes the entry while it is being looked at',
    options: withPeople,
    happens: async (world) => {
      deletedBeforeTheProbe(world, 'people');
      await world.recreateRole(people);
      await world.quiet();
    },
  },
  {
    name: 'the owner deletes the entry of administrators while it is being looked at',
    options: withAdmins,
    happens: async (world) => {
      deletedBeforeTheProbe(world, 'admins');
      await world.recreateRole(admins);
      await graceApproves(world);
    },
  },
  {
    name: 'the owner makes the entry between our delete and our create',
    options: withPeople,
    happens: async (world) => {
      before(world, 'CreateEntry', () => ownerOf(world).makes(world.entry('people'), { type: 'STANDARD' }));
      await world.recreateRole(people);
      await world.quiet();
    },
  },
  {
    name: 'no event tells of a user who is gone: the sweep removes the entry',
    options: { inventory: false, travel: { copies: () => 0 } },
    happens: async (world) => {
      await settleUser(world);
      await deleteUser(world, 'ann');
      await sweptTwice(world);
    },
  },
  {
    name: 'the stack is to be deleted',
    happens: async (world) => {
      const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'UninstallCheck' };
      const request = { RequestType: 'Delete', ResponseURL: 'https://s3.amazonaws.com/answer', ...ids };
      await world.run(() => world.aws.lambda.invoke(functionOf('CheckUninstall'), request));
    },
  },
  {
    name: 'EKS would not take the entry back: the execution fails, and people are told',
    happens: async (world) => {
      const refusal = { name: 'ResourceLimitExceededException', message: 'too many access entries' };
      world.aws.faults.inject({ operation: 'CreateAccessEntry', effect: { kind: 'fault', ...refusal } });
      await world.recreateRole({ name: 'nodes' });
      await world.quiet();
      // Told again, it finds the execution that failed; so does a sweep.
      for (const { input } of world.ran('role-changed').slice(0, 1)) await world.send(input);
      await world.quiet();
      await world.pass(100_000);
      await world.takeInventory();
      await world.quiet();
    },
  },
  {
    name: 'the owner deletes the entry before a rebind is started',
    options: withPeople,
    happens: async (world) => {
      before(world, 'StartRebinds', () => ownerOf(world).deletes(world.entry('people')));
      await world.recreateRole(people);
      await world.quiet();
    },
  },
  {
    name: 'EKS does not show the entry when its rebind is started',
    options: withPeople,
    happens: async (world) => {
      world.aws.faults.inject({
        operation: 'DescribeAccessEntry',
        when: ({ caller }) => caller.arn.endsWith(functionOf('StartRebinds')),
        times: 1,
        effect: { kind: 'fault', name: 'InvalidRequestException', message: 'not now' },
      });
      await world.recreateRole(people);
      await world.quiet();
    },
  },
  {
    name: 'the heartbeat comes due',
    happens: async (world) => {
      await comeDue(world, 'heartbeat-schedule');
      await world.quiet();
    },
  },
  {
    name: 'the sweep comes due, and is stopped by a person half way',
    happens: async (world) => {
      world.aws.faults.inject({ operation: 'ListClusters', effect: { kind: 'slow', milliseconds: 60_000 } });
      await comeDue(world, 'sweep');
      await world.pass(20);
      const [sweep] = world.ran('sweep').filter(({ end }) => end === 'RUNNING');
      const { clients } = world;
      if (sweep)
        await world.run(() => clients.stepFunctions().send(new StopExecutionCommand({ executionArn: sweep.arn })));
      await world.quiet();
    },
  },
  {
    name: 'state machines are gone, and what should start them is kept as dead letters',
    happens: async (world) => {
      for (const name of ['role-changed', 'sweep']) {
        const command = new DeleteStateMachineCommand({ stateMachineArn: machineArn(name) });
        await world.run(() => world.clients.stepFunctions().send(command));
      }
      await world.createRole({ name: 'unheard-of' });
      await comeDue(world, 'sweep');
      await world.quiet();
    },
  },
  {
    name: 'an alarm goes off',
    happens: async ({ aws, clock }) => {
      const sourceArn = `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${DEFAULT_NAME_PREFIX}NoHeartbeat`;
      const topic = `arn:aws:sns:us-east-1:${ACCOUNT}:${DEFAULT_NAME_PREFIX}notifications`;
      // CloudWatch is not emulated: this is all that an alarm asks of the topic.
      const alarm = { service: 'cloudwatch.amazonaws.com', sourceArn };
      const decision = aws.permissions.decide(alarm, { action: 'sns:Publish', resource: topic });
      if (decision === 'allow') aws.sns.deliver(topic, 'ALARM', clock.now());
    },
  },
];
