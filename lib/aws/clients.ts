import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EKSClient } from '@aws-sdk/client-eks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import type { HttpHandler } from '@smithy/core/protocols';
import { ClusterOfOtherAccount, InvalidSettings, PrincipalOfOtherAccount } from '../core/errors.ts';
import type { Place } from '../core/shapes.ts';
import type { Runtime } from '../runtime.ts';
import { accessTo, ownAccountOf } from './accounts.ts';
import { memberSession } from './member-session.ts';
import { paced, type SdkClient } from './paced-calls.ts';
import { createRetryStrategy, DEFAULT_ATTEMPTS, type RetryStrategy } from './retry-strategy.ts';

/** The AWS clients of one runtime: one a service, account and region, made when first asked for. */
export interface Clients {
  /** Throws `ClusterOfOtherAccount` for an account that is neither our own nor a member. */
  eks(place: Place): EKSClient;
  /** For calls that must not be sent twice without looking in between. */
  eksOnce(place: Place): EKSClient;
  /** Throws `PrincipalOfOtherAccount` for an account that is neither our own nor a member. @default whoever's keys we have */
  iam(accountId?: string): IAMClient;
  stepFunctions(): SFNClient;
  eventBridge(): EventBridgeClient;
  sns(): SNSClient;
  dynamodb(): DynamoDBClient;
  /** A client of a service that no step calls: people do, and so the functions' bundle stays without it. */
  create<C extends SdkClient>(Service: new (configuration: ClientConfiguration) => C, region?: string): C;
}

/** What every client is made with. */
interface ClientConfiguration {
  readonly region: string;
  readonly retryStrategy: RetryStrategy;
  readonly maxAttempts: number;
  readonly requestHandler: HttpHandler | typeof TIMEOUTS;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** What whoever makes the clients wants to hear of. */
interface ClientOptions {
  /** Told of each answer that says "slow down". @default nobody is told */
  readonly onThrottle?: () => void;
}

// A step has a minute or more; a connection that takes longer than 3 s, or an answer longer than 10 s, is better asked again.
const TIMEOUTS = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** The one place where AWS clients are made: endpoint, credentials, retries and transport all come from the runtime. */
export function createClients(runtime: Runtime, { onThrottle }: ClientOptions = {}): Clients {
  const { env, clock, random } = runtime;
  const tamed = <C extends SdkClient>(client: C) => paced(client, clock, onThrottle);

  /** What the environment doesn't say is left to the SDK's own default chain. */
  const configuration = (region: string, attempts = DEFAULT_ATTEMPTS): ClientConfiguration => ({
    region,
    retryStrategy: createRetryStrategy({ attempts, clock, random }),
    maxAttempts: attempts,
    requestHandler: runtime.requestHandler ?? TIMEOUTS,
    ...(env['AWS_ENDPOINT_URL'] ? { endpoint: env['AWS_ENDPOINT_URL'] } : {}),
    ...credentialsFrom(env),
  });

  const homeRegion = () => {
    const region = env['AWS_REGION'];
    if (!region) throw new InvalidSettings('environment variable AWS_REGION: expected a region, it is not set');
    return region;
  };

  // The regional endpoint of STS: the SDK's default.
  const sts = kept((region) => tamed(new STSClient(configuration(region))));
  /** Sessions in member accounts: one an account, whatever the service and region. */
  const sessions = kept((accountId) => {
    const access = accessTo(accountId, env, homeRegion());
    if (access === 'own') return {};
    if (!access) return undefined;
    const sessionName = env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'eks-rebind';
    return { credentials: memberSession({ sts: sts(homeRegion()), clock, sessionName, ...access }) };
  });
  const within = (accountId: string, Refusal: typeof ClusterOfOtherAccount | typeof PrincipalOfOtherAccount) => {
    const credentials = sessions(accountId);
    if (credentials) return credentials;
    throw new Refusal(
      `account ${accountId} is neither the service's own, ${ownAccountOf(env)}, nor a member; to look after it, deploy ` +
        'EksRebindMember there and add it to memberAccounts',
    );
  };
  const eksOf = (attempts: number) =>
    keptByPlace(({ accountId, region }) => {
      const client = new EKSClient({
        ...configuration(region, attempts),
        ...within(accountId, ClusterOfOtherAccount),
      });
      return tamed(client);
    });
  // IAM has one endpoint a partition, which the SDK finds from any of its regions.
  const iam = kept((region) => tamed(new IAMClient(configuration(region))));
  const iamOf = keptByPlace(({ accountId, region }) => {
    const client = new IAMClient({ ...configuration(region), ...within(accountId, PrincipalOfOtherAccount) });
    return tamed(client);
  });
  const stepFunctions = kept((region) => tamed(new SFNClient(configuration(region))));
  const eventBridge = kept((region) => tamed(new EventBridgeClient(configuration(region))));
  const sns = kept((region) => tamed(new SNSClient(configuration(region))));
  const dynamodb = kept((region) => tamed(new DynamoDBClient(configuration(region))));
  return {
    eks: eksOf(DEFAULT_ATTEMPTS),
    eksOnce: eksOf(1),
    iam: (accountId) => {
      const region = homeRegion();
      return accountId === undefined ? iam(region) : iamOf({ accountId, region });
    },
    stepFunctions: () => stepFunctions(homeRegion()),
    eventBridge: () => eventBridge(homeRegion()),
    sns: () => sns(homeRegion()),
    dynamodb: () => dynamodb(homeRegion()),
    create: (Service, region = homeRegion()) => tamed(new Service(configuration(region))),
  };
}

function kept<C>(make: (key: string) => C): (key: string) => C {
  const made = new Map<string, C>();
  return (key) => {
    const client = made.get(key) ?? make(key);
    made.set(key, client);
    return client;
  };
}

function keptByPlace<C>(make: (place: Place) => C): (place: Place) => C {
  const inAccount = kept((accountId) => kept((region) => make({ accountId, region })));
  return ({ accountId, region }) => inAccount(accountId)(region);
}

function credentialsFrom(env: Runtime['env']) {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  // The SDK reads the profile from the process; named here, it is the one that was handed in.
  if (!accessKeyId || !secretAccessKey) return env['AWS_PROFILE'] ? { profile: env['AWS_PROFILE'] } : {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}
