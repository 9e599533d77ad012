import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { partitionOf } from '../core/partition.ts';

// "https://region-code.console.aws.amazon.com" (AWS General Reference, "AWS Management Console endpoints"); China's and GovCloud's
// domains as AWS's own guides link to them. The isolated partitions publish none: there are no links there.
const DOMAINS: Readonly<Record<string, string>> = {
  aws: 'aws.amazon.com',
  'aws-cn': 'amazonaws.cn',
  'aws-us-gov': 'amazonaws-us-gov.com',
};

/** Places in the console, each with what AWS calls the thing. The paths are those the console shows; AWS promises none. */
export interface ConsoleLinks {
  stateMachine(arn: string): string;
  execution(arn: string): string;
  dashboard(name: string): string;
  topic(arn: string): string;
  queue(name: string): string;
  table(name: string): string;
}

/** Links into the console of the stack's region; none where it isn't known, or its partition publishes no console's address. */
export function consoleLinks(scope: IConstruct): ConsoleLinks | undefined {
  const { region, account, urlSuffix } = Stack.of(scope);
  const domain = Token.isUnresolved(region) ? undefined : DOMAINS[partitionOf(region)];
  if (domain === undefined) return undefined;
  const host = [region, 'console', domain].join('.');
  const home = (page: string, place: string) => `https://${host}/${page}/home?region=${region}#${place}`;
  return {
    stateMachine: (arn) => home('states', `/statemachines/view/${arn}`),
    execution: (arn) => home('states', `/v2/executions/details/${arn}`),
    dashboard: (name) => home('cloudwatch', `dashboards/dashboard/${name}`),
    topic: (arn) => home('sns/v3', `/topic/${arn}`),
    // The queue's URL, encoded.
    queue: (name) => home('sqs/v3', `/queues/https%3A%2F%2Fsqs.${region}.${urlSuffix}%2F${account}%2F${name}`),
    table: (name) => home('dynamodbv2', `table?name=${name}`),
  };
}
