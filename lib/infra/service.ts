import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** The three workflows, as constructs know them. */
export type WorkflowName = 'roleChanged' | 'rebindEntry' | 'sweep';

/** What the service is made of, as far as alarms, dashboards and others build on it. */
export interface Service {
  /** The functions by their steps' names: those that are deployed. */
  readonly functions: ReadonlyMap<string, Function>;
  readonly stateMachines: Readonly<Record<WorkflowName, StateMachine>>;
  readonly ledger: Table;
  /** Where questions, outcomes and failures are told. */
  readonly notifications: ITopic;
  /** Where events land that could not be delivered. */
  readonly deadLetters: Queue;
  /** What physical names begin with. */
  readonly namePrefix: string;
}
