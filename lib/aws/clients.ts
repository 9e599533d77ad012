import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EKSClient } from '@aws-sdk/client-eks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { InvalidSettings } from '../core/errors.ts';
import type { Runtime } from '../runtime.ts';
import { paced } from './paced-calls.ts';
import { createRetryStrategy, DEFAULT_ATTEMPTS } from './retry-strategy.ts';

/** The AWS clients of one runtime: one a service and region, made when first asked for. */
export interface Clients {
  eks(region: string): EKSClient;
  /** For calls that must not be sent twice without looking in between. */
  eksOnce(region: string): EKSClient;
  iam(): IAMClient;
  stepFunctions(): SFNClient;
  eventBridge(): EventBridgeClient;
  sns(): SNSClient;
  dynamodb(): DynamoDBClient;
}

// A step has a minute or more; a connection that takes longer than 3 s, or an answer longer than 10 s, is better asked again.
const TIMEOUTS = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** The one place where AWS clients are made: endpoint, credentials, retries and transport all come from the runtime. */
export function createClients(runtime: Runtime): Clients {
  const { env, clock, random } = runtime;

  /** What the environment doesn't say is left to the SDK's own default chain. */
  const configuration = (region: string, attempts = DEFAULT_ATTEMPTS) => ({
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

  const eks = keptByRegion((region) => paced(new EKSClient(configuration(region)), clock));
  const eksOnce = keptByRegion((region) => paced(new EKSClient(configuration(region, 1)), clock));
  // IAM has one endpoint a partition, which the SDK finds from any of its regions.
  const iam = keptByRegion((region) => paced(new IAMClient(configuration(region)), clock));
  const stepFunctions = keptByRegion((region) => paced(new SFNClient(configuration(region)), clock));
  const eventBridge = keptByRegion((region) => paced(new EventBridgeClient(configuration(region)), clock));
  const sns = keptByRegion((region) => paced(new SNSClient(configuration(region)), clock));
  const dynamodb = keptByRegion((region) => paced(new DynamoDBClient(configuration(region)), clock));
  return {
    eks,
    eksOnce,
    iam: () => iam(homeRegion()),
    stepFunctions: () => stepFunctions(homeRegion()),
    eventBridge: () => eventBridge(homeRegion()),
    sns: () => sns(homeRegion()),
    dynamodb: () => dynamodb(homeRegion()),
  };
}

function keptByRegion<C>(make: (region: string) => C): (region: string) => C {
  const kept = new Map<string, C>();
  return (region) => {
    const client = kept.get(region) ?? make(region);
    kept.set(region, client);
    return client;
  };
}

function credentialsFrom(env: Runtime['env']) {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}
