import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { consoleOf, executionLink } from '../core/console-links.ts';

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
  const home = Token.isUnresolved(region) ? undefined : consoleOf(region);
  if (!home) return undefined;
  return {
    stateMachine: (arn) => home('states', `/statemachines/view/${arn}`),
    execution: (arn) => executionLink(region, arn) ?? arn,
    dashboard: (name) => home('cloudwatch', `dashboards/dashboard/${name}`),
    topic: (arn) => home('sns/v3', `/topic/${arn}`),
    // The queue's URL, encoded.
    queue: (name) => home('sqs/v3', `/queues/https%3A%2F%2Fsqs.${region}.${urlSuffix}%2F${account}%2F${name}`),
    table: (name) => home('dynamodbv2', `table?name=${name}`),
  };
}
