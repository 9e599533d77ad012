import { AwsFault, type Call } from './call.ts';
import type { Credentials } from './credentials.ts';
import type { PolicyStatement } from './deployment.ts';
import { resourceOf } from './call-resource.ts';

type Input = Readonly<Record<string, unknown>>;

const hasMembers = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

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

/** The IAM actions that a call needs, its own first. */
function actionsFor({ service, operation }: Call, input: Input): string[] {
  // The one operation whose action has another name, of those emulated.
  if (operation === 'Invoke') return ['lambda:InvokeFunction'];
  const actions = [`${service}:${operation}`];
  // Both, for URLs made since October 2025 (Lambda developer guide, "Control access to Lambda function URLs").
  if (operation === 'InvokeFunctionUrl') actions.push('lambda:InvokeFunction');
  if (operation === 'CreateAccessEntry' && NODE_TYPES.includes(input['type'])) actions.push('iam:PassRole');
  const tagAction = TAG_ACTION[operation];
  if (tagAction && hasMembers(input['tags'] ?? input['Tags'])) actions.push(tagAction);
  return actions;
}

/** Whether an IAM policy's action (`eks:Describe*`) covers one. IAM's actions aren't case-sensitive. */
function covers(allowed: string, action: string): boolean {
  const pattern = allowed
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'i').test(action);
}

/** Whether statements allow an action. */
export function isAllowed(statements: readonly PolicyStatement[], action: string): boolean {
  const about = statements.filter(({ actions }) => actions.some((each) => covers(each, action)));
  return about.length > 0 && about.every(({ effect }) => effect === 'Allow');
}

/** Refuses a call that its key's statements don't allow. Keys without any may do everything. */
export function authorize(call: Call, input: Input, credentials: Credentials): void {
  const allowed = credentials.statementsOf(call.caller.accessKeyId);
  // "No permissions are required" (STS API reference, GetCallerIdentity).
  if (!allowed || call.operation === 'GetCallerIdentity') return;
  const missing = actionsFor(call, input).find((action) => !isAllowed(allowed, action));
  if (missing === undefined) return;
  // SNS writes its own prefix in capitals, as many a log of an AuthorizationError shows.
  const denied = missing.replace(/^sns:/, 'SNS:');
  const isQuery = ['iam', 'sns', 'sts'].includes(call.service);
  const text = `User: ${call.caller.arn} is not authorized to perform: ${denied} on resource: ${resourceOf(call, input)}`;
  // IAM's own form of the text goes on with the reason (IAM user guide, "Troubleshoot access denied error messages").
  const reason = isQuery ? ` because no identity-based policy allows the ${denied} action` : '';
  const name = isQuery ? 'AccessDenied' : 'AccessDeniedException';
  throw new AwsFault(call.service === 'sns' ? 'AuthorizationErrorException' : name, text + reason);
}
