import type { HttpHandler } from '@smithy/core/protocols';
import type { Clock, Random } from '../runtime.ts';
import { createAccount } from './account/service.ts';
import { authorize } from './authorization.ts';
import { createCallLog, type CallLog } from './call-log.ts';
import type { ResourceLookups } from './call-resource.ts';
import { createPermissions, type Permissions } from './policies/permissions.ts';
import { ruleTargets } from './rule-targets.ts';
import { createCredentials, type Credentials } from './credentials.ts';
import type { Deployment } from './deployment.ts';
import { createDynamoDb } from './dynamodb/service.ts';
import type { Authentication } from './eks/authenticate.ts';
import type { EksBehaviour } from './eks/behaviour.ts';
import { createEks, type LocalEks } from './eks/service.ts';
import type { EventTravel } from './events/event-bus.ts';
import { createEventBus, type LocalEventBus } from './events/service.ts';
import { createFaults, type Faults } from './faults.ts';
import { listen, type Listening } from './http-server.ts';
import { changesIam, cloudTrailRecord } from './iam/cloudtrail-record.ts';
import { createIamState, type IamState } from './iam/iam-state.ts';
import type { ReadLag } from './iam/read-lag.ts';
import { createIam } from './iam/service.ts';
import { inProcessHandler } from './in-process.ts';
import { createLambda, type LocalLambda } from './lambda/service.ts';
import { createGateway, type FinishedCall } from './protocol/gateway.ts';
import { createSeededRandom, randomBelow } from './seeded-random.ts';
import { createLocalStepFunctions, type WiredStepFunctions } from './state-machine-wiring.ts';
import { createSns, type LocalSns } from './sns/service.ts';
import { createSqs, type LocalSqs } from './sqs/service.ts';
import { createSts } from './sts/service.ts';

/** What a local AWS is made of. */
export interface LocalAwsOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the functions' log lines. @default they are dropped */
  readonly write?: (line: string) => void;
  /** How late each reader of IAM sees a write. @default GetRole 0 to 20 s, EKS 0 to 90 s */
  readonly lag?: Partial<ReadLag>;
  /** Whether deployed rules with a schedule fire by the clock; if not, `events.fire` does it when asked. @default false */
  readonly keepsSchedules?: boolean;
  /** How events travel: CloudTrail's delay, repeats, reordering. @default 2 to 15 s, each once */
  readonly travel?: EventTravel;
  /** How EKS behaves where AWS's documents leave it open. @default see `EksBehaviour` */
  readonly eks?: Partial<EksBehaviour>;
}

/** AWS on a laptop. */
export interface LocalAws {
  readonly clock: Clock;
  readonly random: Random;
  /** For SDK clients in this process. */
  readonly requestHandler: HttpHandler;
  /** Serves any client on the loopback address. @default port 0: any that is free */
  listen(port?: number): Promise<Listening>;
  readonly iam: IamState;
  readonly eks: LocalEks;
  readonly events: LocalEventBus;
  readonly lambda: LocalLambda;
  readonly stepFunctions: WiredStepFunctions;
  readonly sns: LocalSns;
  readonly sqs: LocalSqs;
  readonly credentials: Credentials;
  /** Who may do what, and what of it was used. */
  readonly permissions: Permissions;
  readonly faults: Faults;
  readonly calls: CallLog;
  /** The oracle: what a cluster's authenticator would answer to a token made with that key. */
  authenticate(clusterArn: string, accessKeyId: string): Authentication;
  /** Makes functions, state machines and rules known, as a deployment of a stack does. */
  deploy(deployment: Deployment): void;
}

/** A local AWS with nothing in it yet. */
export function createLocalAws(options: LocalAwsOptions): LocalAws {
  const { clock, random, write, lag, travel, keepsSchedules = false, eks: behaviour } = options;
  // A stream of chance for each part: one more call of one of them doesn't change what the others draw.
  const stream = () => createSeededRandom(randomBelow(random, 2 ** 31));
  const iam = createIamState({ clock, random: stream(), ...(lag && { lag }) });
  const permissions = createPermissions();
  const credentials = createCredentials({ random: stream(), iam });
  const eks = createEks({ clock, random: stream(), iam, credentials, ...(behaviour && { lag: behaviour }) });
  const targets = ruleTargets({
    clock,
    permissions,
    lambda: () => lambda,
    stepFunctions: () => stepFunctions,
    sns: () => sns,
    sqs: () => sqs,
  });
  const events = createEventBus({ clock, random: stream(), targets, keepsSchedules, ...travel });
  const functionsWorld = { clock, random: stream(), credentials, requestHandler: () => requestHandler };
  const lambda = createLambda({ ...functionsWorld, permissions, ...(write && { write }) });
  const stepFunctions = createLocalStepFunctions({ clock, random: stream(), lambda, events, permissions });
  const iamService = createIam({ random: stream(), iam, credentials });
  const sts = createSts({ iam, credentials, permissions });
  const [faults, calls, trailRandom] = [createFaults(), createCallLog(), stream()];
  const gatewayRandom = stream();
  // Later than the rest, so that what the others draw is as it was before there was an SNS.
  const sns = createSns({ random: stream() });
  const dynamodb = createDynamoDb();
  const sqs = createSqs({ clock, random: stream() });
  const services = [iamService, sts, eks, events, lambda, stepFunctions, sns, sqs, dynamodb, createAccount()].map(
    ({ service }) => service,
  );

  function onCall(finished: FinishedCall): void {
    const { service, operation, caller } = finished.call;
    if (service !== 'iam' || !changesIam(operation)) return;
    events.deliverCloudTrail(cloudTrailRecord(finished, credentials.holderOf(caller.accessKeyId), trailRandom));
  }

  const lookups: ResourceLookups = {
    iamArn: (accountId, kind, name) => iam.find(accountId, kind, name)?.arn,
    machineOfToken: (token) => stepFunctions.world.tokens.machineOf(token),
    hashKeyOf: (call, tableName, indexName) => dynamodb.hashKeyOf(call, tableName, indexName),
  };
  const handle = createGateway({
    services,
    clock,
    random: gatewayRandom,
    credentials,
    authorize: (call, input) => authorize(call, input, { credentials, permissions, lookups }),
    faults,
    calls,
    functionUrls: lambda.urls,
    onCall,
  });
  const requestHandler = inProcessHandler(handle);
  const parts = { iam, eks, events, lambda, stepFunctions, sns, sqs, credentials, permissions, faults, calls };
  return {
    ...parts,
    clock,
    random,
    requestHandler,
    listen: (port) => listen(handle, port),
    authenticate: (clusterArn, accessKeyId) => eks.authenticate(clusterArn, accessKeyId),
    deploy(deployment) {
      for (const part of [permissions, lambda, stepFunctions, events, sns, sqs, dynamodb]) part.deploy(deployment);
    },
  };
}
