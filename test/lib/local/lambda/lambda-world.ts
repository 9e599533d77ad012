import { CreateAccessEntryCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionDefinition } from '../../../../lib/local/deployment.ts';
import { noReadLag } from '../../../../lib/local/iam/read-lag.ts';
import { createLocalAws } from '../../../../lib/local/local-aws.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';
import type { Runtime } from '../../../../lib/runtime.ts';
import { allowing } from '../allowing.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const START = Date.parse('2026-11-24T05:30:00Z');
export const functionArn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** An EKS client that calls through a function's own world, with its own key. */
function eksOf({ env, requestHandler }: Runtime): EKSClient {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  return new EKSClient({
    region: env['AWS_REGION'] ?? '',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...(requestHandler && { requestHandler }),
  });
}

export const listClusters = (runtime: Runtime) => eksOf(runtime).send(new ListClustersCommand({}));

/** Makes an entry of a role `worker-<number>` in the cluster `prod`. */
export const createEntry = (runtime: Runtime, number: number) =>
  eksOf(runtime).send(
    new CreateAccessEntryCommand({
      clusterName: 'prod',
      principalArn: `arn:aws:iam::${ACCOUNT}:role/worker-${number}`,
    }),
  );

type Invoke = FunctionDefinition['invoke'];

/** A local AWS with a cluster, three roles, and functions that may do anything with EKS. */
export function lambdaWorld(functions: Record<string, Invoke | FunctionDefinition>) {
  const clock = createVirtualClock(START);
  const lines: string[] = [];
  const aws = createLocalAws({
    clock,
    random: createSeededRandom(5),
    lag: noReadLag,
    write: (line) => lines.push(line),
  });
  aws.eks.state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'prod' });
  for (const number of [1, 2, 3]) {
    const name = `worker-${number}`;
    const arn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const fixed = { kind: 'role', partition: 'aws', accountId: ACCOUNT, path: '/', tags: {} } as const;
    aws.iam.put({ ...fixed, name, arn, uniqueId: `AROAEXAMPLE${number}`, createDate: START });
  }
  const definition = (given: Invoke | FunctionDefinition): FunctionDefinition =>
    typeof given === 'function'
      ? { invoke: given, environment: {}, statements: allowing('eks:*', 'logs:*'), timeoutSeconds: 30 }
      : given;
  aws.lambda.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: REGION,
    functions: Object.fromEntries(Object.entries(functions).map(([name, given]) => [name, definition(given)])),
    stateMachines: {},
    rules: {},
  });
  const credentials = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  const client = new LambdaClient({ region: REGION, credentials, requestHandler: aws.requestHandler, maxAttempts: 1 });
  return {
    aws,
    clock,
    client,
    credentials,
    lines,
    run: (name: string, payload: unknown = {}) => clock.run(() => aws.lambda.invoke(name, payload)),
    wait: (milliseconds: number) => clock.run(() => clock.pause(milliseconds)),
    entries: () => aws.eks.state.entries().map(({ ref }) => ref.principalArn.slice(-1)),
  };
}
