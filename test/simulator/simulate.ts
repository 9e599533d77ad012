import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { RedriveExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createClients, type Clients } from '../../lib/aws/clients.ts';
import { dynamodbLedger } from '../../lib/aws/dynamodb-ledger.ts';
import { memoryLedger } from '../../lib/aws/memory-ledger.ts';
import { runSweep } from '../../lib/cli/stage/run-sweep.ts';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { Ledger } from '../../lib/core/ledger.ts';
import { DEFAULT_NAME_PREFIX } from '../../lib/infra/eks-rebind-props.ts';
import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import { createLocalAws, createSeededRandom, createVirtualClock, type LocalAws } from '../../lib/local/index.ts';
import type { VirtualClock } from '../../lib/local/virtual-clock.ts';
import { buildWorld, type Names } from './build-world.ts';
import { ledgerOn } from './ledger-on.ts';
import { ACCOUNT, CLUSTER_REGIONS, HOME_REGIONS, NODE_TRUST, type RoleSeed } from './world-options.ts';
import { START, type SimulationOptions } from './world-options.ts';

/** One execution as a test looks at it. */
export interface Ran {
  readonly arn: string;
  readonly name: string;
  /** The name of its outcome; where there is none, its status and error (`FAILED CannotRecreate`). */
  readonly end: string;
  readonly input: unknown;
  /** What came out, parsed. */
  readonly output: Record<string, unknown>;
  readonly cause: string;
  readonly redriveCount: number;
}

/** A world on the virtual clock: a local AWS, the service deployed in it, and somebody who may do everything. */
export interface Simulation extends Names {
  readonly aws: LocalAws;
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly clients: Clients;
  /** The functions' log lines. */
  readonly lines: readonly string[];
  run<T>(work: () => Promise<T>): Promise<T>;
  pass(seconds: number): Promise<void>;
  deleteRole(name: string): Promise<void>;
  createRole(role: RoleSeed): Promise<void>;
  /** Deletes a role and makes it again after some seconds, as Terraform does. */
  recreateRole(role: RoleSeed, afterSeconds?: number): Promise<void>;
  /** Lets time pass until nothing runs, and no event is on its way. */
  quiet(): Promise<void>;
  /** Starts `role-changed` with this event, as whoever holds states:StartExecution can. */
  send(event: unknown): Promise<string>;
  redrive(executionArn: string): Promise<void>;
  /** The executions of a state machine, oldest first. */
  ran(stateMachine: 'role-changed' | 'rebind-entry' | 'sweep'): Ran[];
  /** The access entry as it stands, with the id that no API shows. */
  standing(role: string, cluster?: string, region?: string): AccessEntry | undefined;
  /** What the cluster answers to a fresh session of the role. */
  authenticates(role: string, cluster?: string, region?: string): 200 | 401;
  /** Runs one sweep; answers what came out. A region that could not be swept is an error. */
  takeInventory(): Promise<Readonly<Record<string, unknown>>>;
}

/** Builds a world and deploys the service into it. */
export async function simulate(options: SimulationOptions = {}): Promise<Simulation> {
  const { seed = 1, partition = 'aws', lag, travel, eks, inventory = true } = options;
  const clock = createVirtualClock(START);
  const lines: string[] = [];
  const behaviour = { ...(lag && { lag }), ...(travel && { travel }), ...(eks && { eks }) };
  const write = (line: string) => void lines.push(line);
  const aws = createLocalAws({ clock, random: createSeededRandom(seed), write, ...behaviour });
  const names = buildWorld(aws, options, CLUSTER_REGIONS[partition]);
  const homeRegion = HOME_REGIONS[partition];
  const regions = options.regions ?? [names.region];
  const clients = rootClients(aws, partition, homeRegion);
  const run = <T>(work: () => Promise<T>) => clock.run(work);
  const isDurable = options.ledger === 'dynamodb';
  const ledger = isDurable
    ? ledgerOn(dynamodbLedger(clients, `${DEFAULT_NAME_PREFIX}ledger`, createSeededRandom(8)), run)
    : memoryLedger();
  aws.deploy(
    serviceDeployment({
      accountId: ACCOUNT,
      partition,
      region: homeRegion,
      environment: { EKS_REBIND_REGIONS: regions.join(','), EKS_REBIND_GRACE_SECONDS: '900', ...options.environment },
      ports: { ...(!isDurable && { ledger }), ...options.ports },
      ...(options.change && { change: options.change }),
    }),
  );
  const machineArn = (name: string) =>
    `arn:${partition}:states:${homeRegion}:${ACCOUNT}:stateMachine:${DEFAULT_NAME_PREFIX}${name}`;

  const simulation: Simulation = {
    ...names,
    aws,
    clock,
    ledger,
    clients,
    lines,
    run,
    pass: (seconds) => run(() => clock.pause(seconds * 1000)),
    deleteRole: (name) => run(() => send(() => clients.iam().send(new DeleteRoleCommand({ RoleName: name })))),
    createRole: ({ name, path = '/', trust = NODE_TRUST, tags = {} }) => {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const document = JSON.stringify(trust);
      const input = {
        RoleName: name,
        Path: path,
        AssumeRolePolicyDocument: document,
        ...(Tags.length > 0 && { Tags }),
      };
      return run(() => send(() => clients.iam().send(new CreateRoleCommand(input))));
    },
    async recreateRole(role, afterSeconds = 5) {
      await simulation.deleteRole(role.name);
      await simulation.pass(afterSeconds);
      await simulation.createRole(role);
    },
    quiet: () => run(() => untilQuiet(aws, clock)),
    async send(event) {
      const input = { stateMachineArn: machineArn('role-changed'), input: JSON.stringify(event) };
      const { executionArn = '' } = await run(() => clients.stepFunctions().send(new StartExecutionCommand(input)));
      return executionArn;
    },
    redrive: (executionArn) =>
      run(() => send(() => clients.stepFunctions().send(new RedriveExecutionCommand({ executionArn })))),
    ran: (stateMachine) => executionsOf(aws, machineArn(stateMachine)),
    standing: (role, cluster, region) => aws.eks.state.entry(names.entry(role, cluster, region)),
    authenticates(role, cluster, region) {
      const { accessKeyId } = aws.credentials.issue({ arn: names.roleArn(role) });
      return aws.authenticate(names.clusterArn(cluster, region), accessKeyId).status;
    },
    async takeInventory() {
      const { status, output } = await run(() => runSweep(aws, machineArn('sweep')));
      if (status !== 'SUCCEEDED' || (Array.isArray(output['notSearched']) && output['notSearched'].length > 0)) {
        throw new Error(`the sweep ended as ${status}: ${JSON.stringify(output)}`);
      }
      return output;
    },
  };
  if (inventory) await simulation.takeInventory();
  return simulation;
}

async function send(call: () => Promise<unknown>): Promise<void> {
  await call();
}

function rootClients(aws: LocalAws, partition: string, region: string): Clients {
  const { accessKeyId, secretAccessKey } = aws.credentials.issue({ arn: `arn:${partition}:iam::${ACCOUNT}:root` });
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const env = { AWS_REGION: region, EKS_REBIND_ACCOUNT_ID: ACCOUNT, ...keys };
  const { clock, requestHandler } = aws;
  return createClients({ env, clock, random: createSeededRandom(7), write: () => {}, requestHandler });
}

// CloudTrail's events come within 15 s unless a test says otherwise: a minute and a half without anything new is the end.
const QUIET_SECONDS = 90;
const LOOK_EVERY_SECONDS = 5;

async function untilQuiet(aws: LocalAws, clock: VirtualClock): Promise<void> {
  let known = '';
  for (let quietFor = 0; quietFor < QUIET_SECONDS; quietFor += LOOK_EVERY_SECONDS) {
    await clock.pause(LOOK_EVERY_SECONDS * 1000);
    const all = [...aws.stepFunctions.world.executions.values()];
    const state = JSON.stringify([aws.events.events.length, ...all.map(({ arn, status }) => [arn, status])]);
    if (state !== known || all.some(({ status }) => status === 'RUNNING')) quietFor = 0;
    known = state;
  }
}

function executionsOf(aws: LocalAws, stateMachineArn: string): Ran[] {
  const all = [...aws.stepFunctions.world.executions.values()].filter(({ machine }) => machine.arn === stateMachineArn);
  return all
    .toSorted((one, other) => one.startMs - other.startMs)
    .map((execution) => {
      const { arn, name, status, error, input, cause = '', redriveCount, outputText = '{}' } = execution;
      const output: Record<string, unknown> = JSON.parse(outputText);
      const end = status === 'SUCCEEDED' ? String(output['name']) : [status, error].filter(Boolean).join(' ');
      return { arn, name, end, input, output, cause, redriveCount };
    });
}
