import * as account from '@aws-sdk/client-account';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eks from '@aws-sdk/client-eks';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { createCallLog } from '../../../../lib/local/call-log.ts';
import type { Operation } from '../../../../lib/local/call.ts';
import { createCredentials } from '../../../../lib/local/credentials.ts';
import { createFaults } from '../../../../lib/local/faults.ts';
import { createIamState } from '../../../../lib/local/iam/iam-state.ts';
import { inProcessHandler } from '../../../../lib/local/in-process.ts';
import { createGateway } from '../../../../lib/local/protocol/gateway.ts';
import { serviceModels } from '../../../../lib/local/protocol/service-models.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { systemClock } from '../../../../lib/runtime.ts';

interface AnyClient {
  send(command: object): Promise<object>;
}

const modules: Readonly<Record<string, object>> = {
  account,
  dynamodb,
  eks,
  events,
  iam,
  lambda,
  sns,
  sqs,
  states,
  sts,
};
const clientNames: Readonly<Record<string, string>> = {
  account: 'AccountClient',
  dynamodb: 'DynamoDBClient',
  eks: 'EKSClient',
  events: 'EventBridgeClient',
  iam: 'IAMClient',
  lambda: 'LambdaClient',
  sns: 'SNSClient',
  sqs: 'SQSClient',
  states: 'SFNClient',
  sts: 'STSClient',
};

/** One of the SDK's own classes, by the service's signing name: commands and errors are looked up, so that none is left out. */
export function sdkClass(service: string, name: string): Function {
  const found: unknown = Reflect.get(modules[service] ?? {}, name);
  if (typeof found !== 'function') throw new Error(`the client for ${service} exports no ${name}`);
  return found;
}

const itself: Operation = (input: object) => input;

/** Every operation of every service, answered by whatever `answer` is now, behind the real wire protocols. */
export function createEcho() {
  const echo = { answer: itself };
  const random = createSeededRandom(1);
  const clock = systemClock;
  const credentials = createCredentials({ random, iam: createIamState({ clock, random }) });
  const services = [...serviceModels.values()].map(({ signingName, operations }) => ({
    signingName,
    operations: Object.fromEntries(
      [...operations.keys()].map((name): [string, Operation] => [name, (input, call) => echo.answer(input, call)]),
    ),
  }));
  const world = {
    services,
    clock,
    random,
    credentials,
    authorize: () => {},
    faults: createFaults(),
    calls: createCallLog(),
  };
  const requestHandler = inProcessHandler(createGateway(world));
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  // What is echoed has no digests for SQS's client to check.
  const config = {
    region: 'eu-west-1',
    requestHandler,
    maxAttempts: 1,
    credentials: keys,
    md5: false,
    useQueueUrlAsEndpoint: false,
  };
  const clientFor = (service: string): AnyClient =>
    Reflect.construct(sdkClass(service, clientNames[service] ?? ''), [config]);
  const clients = new Map(Object.keys(modules).map((service) => [service, clientFor(service)]));

  /** Sends an operation through the service's real SDK client. */
  async function send(service: string, operation: string, input: unknown): Promise<object> {
    const command: object = Reflect.construct(sdkClass(service, `${operation}Command`), [input]);
    return (await clients.get(service)?.send(command)) ?? {};
  }

  return Object.assign(echo, { send });
}
