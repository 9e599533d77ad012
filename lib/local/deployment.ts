import type { Runtime } from '../runtime.ts';

/** What a Lambda function is told of its invocation. */
interface InvocationContext {
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** A statement of an IAM policy, as JSON has it, every part a list. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  /** `eks:DescribeCluster`, wildcards included. */
  readonly actions: readonly string[];
  /** ARNs, wildcards included. */
  readonly resources: readonly string[];
  /** By operator (`ForAllValues:StringLike`), then by key (`eks:policyArn`). @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A function: code that takes an event, and the world its calls go through. */
export interface FunctionDefinition {
  readonly invoke: (event: unknown, context: InvocationContext, runtime: Runtime) => Promise<unknown>;
  readonly environment: Readonly<Record<string, string>>;
  /** IAM actions its role allows (`eks:DescribeCluster`); any other call is denied. */
  readonly actions: readonly string[];
  /** What its role's policies say; replaces `actions`. @default every one of `actions`, on anything */
  readonly statements?: readonly PolicyStatement[];
  readonly timeoutSeconds: number;
  /** Its function URL, for callers that sign. URLs that anybody may call are not emulated. @default it has none */
  readonly url?: { readonly authType: 'AWS_IAM' };
}

/** A state machine: its definition as deployed, placeholders already filled in. */
interface StateMachineDefinition {
  readonly definition: string;
  /** IAM actions that its service integrations may use. */
  readonly actions: readonly string[];
  /** What its role's policies say; replaces `actions`. @default every one of `actions`, on anything */
  readonly statements?: readonly PolicyStatement[];
}

/** What a rule hands an event to. */
export interface RuleTarget {
  /** ARN of a state machine, a function, a topic, or another bus. */
  readonly arn: string;
  /** The role that EventBridge delivers as; topics, functions and queues decide by their own policies. @default none */
  readonly roleArn?: string;
  readonly deadLetterQueueArn?: string;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  /** A constant instead of the event. @default the event */
  readonly input?: string;
  /** @default the event as it is */
  readonly inputTransformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
}

/** A rule of the default event bus: a pattern, and the state machine it starts with the whole event. */
interface RuleDefinition {
  readonly eventPattern: object;
  readonly targetStateMachine: string;
}

/** The attributes, all of them strings, that a table or an index is keyed by. */
export interface TableKeys {
  readonly hashKey: string;
  readonly sortKey?: string;
}

/** A table of DynamoDB's, on demand. Its indexes are global and hold whole items. */
export interface TableDefinition extends TableKeys {
  readonly indexes?: Readonly<Record<string, TableKeys>>;
}

/** What gets deployed into the local AWS, by name: everything in one account and region. */
export interface Deployment {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly stateMachines: Readonly<Record<string, StateMachineDefinition>>;
  readonly rules: Readonly<Record<string, RuleDefinition>>;
  /** @default none */
  readonly tables?: Readonly<Record<string, TableDefinition>>;
  /** SNS topics, by name. @default none */
  readonly topics?: readonly string[];
}
