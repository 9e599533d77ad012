import type { Call } from './call.ts';
import { newEntryArn, resourceArnOf, type ResourceLookups } from './call-resource.ts';
import { actionContext } from './policies/condition-keys.ts';

type Input = Readonly<Record<string, unknown>>;

/** An action that a call needs, and on what; the context so far is what the request itself says. */
export interface NeededAccess {
  readonly action: string;
  readonly resource: string;
  readonly context: readonly (readonly [string, readonly string[]])[];
}

const hasMembers = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

// Entry types whose creation hands a role to nodes, so that the caller must be allowed to pass it (EKS user guide,
// "Creating access entries"; the Service Authorization Reference lists iam:PassRole and eks:TagResource for CreateAccessEntry).
const NODE_TYPES: readonly unknown[] = [
  'EC2_LINUX',
  'EC2_WINDOWS',
  'FARGATE_LINUX',
  'EC2',
  'HYBRID_LINUX',
  'HYPERPOD_LINUX',
];

/** Tagging on creation needs an action of its own (Service Authorization Reference). */
const TAG_ACTION: Readonly<Record<string, string>> = {
  CreateAccessEntry: 'eks:TagResource',
  CreateCluster: 'eks:TagResource',
  CreateRole: 'iam:TagRole',
  CreateUser: 'iam:TagUser',
  CreateInstanceProfile: 'iam:TagInstanceProfile',
  CreateStateMachine: 'states:TagResource',
};

/** Each entry is judged by its own source and detail-type (EventBridge user guide, "Using IAM policy conditions"). */
function entriesOf(input: Input): readonly Input[] {
  const entries = Array.isArray(input['Entries']) ? input['Entries'] : [];
  const given = entries.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry } : {}));
  return given.length > 0 ? given : [{}];
}

/** What a call must be allowed: its own action first, then those that come with it. */
export function neededAccess(call: Call, input: Input, lookups: ResourceLookups): NeededAccess[] {
  const { service, operation } = call;
  const resource = resourceArnOf(call, input, lookups);
  const tableName = service === 'dynamodb' ? textOf(input['TableName']) : undefined;
  const hashKey = tableName === undefined ? undefined : lookups.hashKeyOf(call, tableName, textOf(input['IndexName']));
  const needs = (action: string, on = resource, from = input): NeededAccess => ({
    action,
    resource: on,
    context: actionContext(action, { input: from, operation, hashKey }),
  });
  // The one operation whose action has another name, of those emulated.
  if (operation === 'Invoke') return [needs('lambda:InvokeFunction')];
  // Both, for URLs made since October 2025 (Lambda developer guide, "Control access to Lambda function URLs").
  if (operation === 'InvokeFunctionUrl') return [needs('lambda:InvokeFunctionUrl'), needs('lambda:InvokeFunction')];
  if (operation === 'PutEvents') {
    const busOf = (entry: Input) => textOf(entry['EventBusName'])?.match(/^arn:.*/)?.[0] ?? resource;
    return entriesOf(input).map((entry) => needs('events:PutEvents', busOf(entry), entry));
  }
  const needed = [needs(`${service}:${operation}`)];
  const isEntry = operation === 'CreateAccessEntry';
  if (isEntry && NODE_TYPES.includes(input['type'])) needed.push(needs('iam:PassRole', textOf(input['principalArn'])));
  const tagAction = TAG_ACTION[operation];
  if (tagAction && hasMembers(input['tags'] ?? input['Tags'])) {
    needed.push(needs(tagAction, isEntry ? newEntryArn(call, input) : resource));
  }
  return needed;
}
