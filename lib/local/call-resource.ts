import type { Call } from './call.ts';

type Input = Readonly<Record<string, unknown>>;

/** What only the services know of what a call names. */
export interface ResourceLookups {
  /** The ARN of a role or user, path and all; undefined where there is none. */
  readonly iamArn: (accountId: string, kind: 'role' | 'user', name: string) => string | undefined;
  /** The state machine whose task a token was made for. */
  readonly machineOfToken: (token: string) => string | undefined;
  /** The partition key's attribute, of a table or of an index of it. */
  readonly hashKeyOf: (call: Call, tableName: string, indexName?: string) => string | undefined;
}

const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};

// About no resource in particular, so that only a statement on `*` covers them (Service Authorization Reference).
const ABOUT_NOTHING: ReadonlySet<string> = new Set([
  'ListClusters',
  'ListAccessPolicies',
  'ListRoles',
  'ListUsers',
  'ListTables',
  'ListTopics',
  'ListQueues',
  'ListFunctions',
  'ListStateMachines',
  'ListRules',
  'TestEventPattern',
  'ValidateStateMachineDefinition',
  'GetCallerIdentity',
]);

/** `cluster/x`, or `access-entry/x/role/111122223333/name/*` for the calls that are about an entry. */
function eksResource({ operation }: Call, input: Input): string {
  const cluster = textOf(input, 'clusterName') ?? textOf(input, 'name') ?? '*';
  const nodegroup = textOf(input, 'nodegroupName');
  if (nodegroup !== undefined) return `nodegroup/${cluster}/${nodegroup}/*`;
  return operation === 'CreateAccessEntry'
    ? `cluster/${cluster}`
    : (entryResource(cluster, input) ?? `cluster/${cluster}`);
}

/**
 * An entry's, without the unique end that no caller knows. Whether its name holds the principal's path, the Service Authorization
 * Reference doesn't say.
 */
function entryResource(cluster: string, input: Input): string | undefined {
  const [, , , , account = '', principal = ''] = textOf(input, 'principalArn')?.split(':') ?? [];
  if (!principal) return undefined;
  const [kind, ...path] = principal.split('/');
  return `access-entry/${cluster}/${kind}/${account}/${path.at(-1)}/*`;
}

/** The ARN of the access entry that CreateAccessEntry is to make. */
export function newEntryArn({ caller, region }: Call, input: Input): string {
  const resource = entryResource(textOf(input, 'clusterName') ?? '*', input) ?? 'access-entry/*';
  return `arn:${caller.partition}:eks:${region}:${caller.accountId}:${resource}`;
}

/** What IAM's calls are about: role, user or instance profile, by the real path where there is one. */
function iamArn({ operation, caller }: Call, input: Input, lookups: ResourceLookups): string {
  const within = (resource: string) => `arn:${caller.partition}:iam::${caller.accountId}:${resource}`;
  const path = (operation.startsWith('Create') && textOf(input, 'Path')) || '/';
  const profile = textOf(input, 'InstanceProfileName');
  if (profile !== undefined) return within(`instance-profile${path}${profile}`);
  const [kind, name] =
    textOf(input, 'RoleName') === undefined
      ? (['user', textOf(input, 'UserName')] as const)
      : (['role', textOf(input, 'RoleName')] as const);
  if (name === undefined) return '*';
  // Whether a name that isn't taken is checked as if its path were `/` is not documented.
  return lookups.iamArn(caller.accountId, kind, name) ?? within(`${kind}${path}${name}`);
}

/** `table/x`, or `table/x/index/y` for what is read through an index. */
function tableResource(input: Input): string {
  const index = textOf(input, 'IndexName');
  return `table/${textOf(input, 'TableName') ?? '*'}${index === undefined ? '' : `/index/${index}`}`;
}

/** The ARN of a queue that a call names by its URL. */
function queueResource(input: Input): string {
  return textOf(input, 'QueueUrl')?.split('/').at(-1) ?? textOf(input, 'QueueName') ?? '*';
}

/** The ARN of what a call is about; `*` where it is about nothing in particular. */
export function resourceArnOf(call: Call, input: Input, lookups: ResourceLookups): string {
  const { service, operation, region, caller } = call;
  if (ABOUT_NOTHING.has(operation)) return '*';
  if (service === 'iam') return iamArn(call, input, lookups);
  const token = textOf(input, 'taskToken');
  if (token !== undefined) return lookups.machineOfToken(token) ?? '*';
  const given = ['resourceArn', 'executionArn', 'stateMachineArn', 'FunctionName', 'RoleArn', 'TopicArn']
    .map((name) => textOf(input, name))
    .find((value) => value?.startsWith('arn:'));
  if (given !== undefined) return given;
  const within = (resource: string) => `arn:${caller.partition}:${service}:${region}:${caller.accountId}:${resource}`;
  if (service === 'eks') return within(eksResource(call, input));
  if (service === 'dynamodb') return within(tableResource(input));
  if (service === 'sqs') return within(queueResource(input));
  if (service === 'lambda') return within(`function:${textOf(input, 'FunctionName') ?? '*'}`);
  if (service === 'sns') return within(textOf(input, 'Name') ?? '*');
  if (service === 'states') return within(`stateMachine:${textOf(input, 'name') ?? '*'}`);
  // `arn:…:account::111122223333:account` (Service Authorization Reference, "AWS Account Management").
  if (service === 'account') return `arn:${caller.partition}:account::${caller.accountId}:account`;
  if (service !== 'events') return '*';
  return within(
    operation === 'PutEvents' ? 'event-bus/default' : `rule/${textOf(input, 'Name') ?? textOf(input, 'Rule') ?? '*'}`,
  );
}

/** What an access denied message of IAM's names: `role NAME`. Others name the ARN. */
export function iamResourceText(input: Input): string {
  const [kind, name] = [
    ['role', textOf(input, 'RoleName')] as const,
    ['user', textOf(input, 'UserName')] as const,
    ['instance profile', textOf(input, 'InstanceProfileName')] as const,
  ].find(([, given]) => given !== undefined) ?? ['*', ''];
  return `${kind} ${name}`.trim();
}
