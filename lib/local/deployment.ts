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

/** A statement of a resource's own policy or of a role's trust policy: it says to whom, too. */
export interface ResourcePolicyStatement extends PolicyStatement {
  /** By kind: `{ Service: ['events.amazonaws.com'] }`, `{ AWS: [ARNs, account ids or '*'] }`; a bare `*` is `{ AWS: ['*'] }`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
}

/** A function: code that takes an event, and the world its calls go through. */
export interface FunctionDefinition {
  readonly invoke: (event: unknown, context: InvocationContext, runtime: Runtime) => Promise<unknown>;
  readonly environment: Readonly<Record<string, string>>;
  /** What its role's policies say; any other call is denied. */
  readonly statements: readonly PolicyStatement[];
  /** Its role, path included. @default `arn:…:role/eks-rebind/NAME` */
  readonly roleArn?: string;
  readonly timeoutSeconds: number;
  /** Its function URL, for callers that sign. URLs that anybody may call are not emulated. @default it has none */
  readonly url?: { readonly authType: 'AWS_IAM' };
  /** Who else may invoke it: rules (`events.amazonaws.com`), callers of its URL. @default nobody */
  readonly resourcePolicy?: readonly ResourcePolicyStatement[];
  /** Name of the log group that its lines go to. @default `/aws/lambda/NAME` */
  readonly logGroup?: string;
  /** @default PassThrough */
  readonly tracing?: 'Active' | 'PassThrough';
}

/** What a state machine logs, and where to. */
export interface StateMachineLogging {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  /** ARNs of log groups, ending in `:*`. */
  readonly destinations: readonly string[];
}

/** A state machine: its definition as deployed, placeholders already filled in. */
export interface StateMachineDefinition {
  readonly definition: string;
  /** What its role's policies say: which functions its Tasks may invoke, what its integrations may do. */
  readonly statements: readonly PolicyStatement[];
  /** Its role, path included. @default `arn:…:role/NAME` */
  readonly roleArn?: string;
  /** @default nothing is logged */
  readonly logging?: StateMachineLogging;
  /** Whether X-Ray traces it. @default false */
  readonly tracing?: boolean;
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

/** A rule of the default event bus: which events it takes, or when it fires by itself, and whom it tells. */
export interface RuleDefinition {
  /** One of the two, or both, as PutRule has it. */
  readonly eventPattern?: object;
  /** `rate(15 minutes)`. */
  readonly scheduleExpression?: string;
  /** @default ENABLED */
  readonly state?: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  readonly targets: readonly RuleTarget[];
}

/** A queue or a topic: who may send to it, beside its own account's principals by their own policies. */
interface MessagingDefinition {
  /** @default nobody else may */
  readonly policy?: readonly ResourcePolicyStatement[];
}

/** A role that is nobody's of the above: one that rules deliver as, or that functions assume. */
export interface RoleDefinition {
  readonly statements: readonly PolicyStatement[];
  /** Who may assume it. */
  readonly trust: readonly ResourcePolicyStatement[];
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
  readonly topics?: Readonly<Record<string, MessagingDefinition>>;
  /** SQS queues, by name. @default none */
  readonly queues?: Readonly<Record<string, MessagingDefinition>>;
  /** Who else may put events on the default bus. @default nobody */
  readonly eventBusPolicy?: readonly ResourcePolicyStatement[];
  /** Roles by ARN, path included; a rule's target must name one of them. @default none */
  readonly roles?: Readonly<Record<string, RoleDefinition>>;
}
