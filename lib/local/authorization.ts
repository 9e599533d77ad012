import { AwsFault, type Call } from './call.ts';
import { iamResourceText, type ResourceLookups } from './call-resource.ts';
import type { Credentials } from './credentials.ts';
import { neededAccess } from './access-requests.ts';
import type { Decision, Permissions } from './policies/permissions.ts';

type Input = Readonly<Record<string, unknown>>;

/** What decides whether a call may be made. */
export interface Authorization {
  readonly credentials: Credentials;
  readonly permissions: Permissions;
  readonly lookups: ResourceLookups;
}

/** What was refused to whom. */
interface Denied {
  readonly service: string;
  /** The caller's ARN, as STS shows it. */
  readonly callerArn: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

/** A service's answer to a call that isn't allowed. */
export function accessDenied({ service, callerArn, action, resource, decision }: Denied): AwsFault {
  // SNS writes its own prefix in capitals, as many a log of an AuthorizationError shows.
  const denied = action.replace(/^sns:/, 'SNS:');
  const isQuery = ['iam', 'sns', 'sts'].includes(service);
  const text = `User: ${callerArn} is not authorized to perform: ${denied} on resource: ${resource}`;
  // The text goes on with the reason; IAM's own form always does (IAM user guide, "Troubleshoot access denied error messages").
  const silence = isQuery ? ` because no identity-based policy allows the ${denied} action` : '';
  const reason = decision === 'explicitDeny' ? ' with an explicit deny in an identity-based policy' : silence;
  const name = isQuery ? 'AccessDenied' : 'AccessDeniedException';
  return new AwsFault(service === 'sns' ? 'AuthorizationErrorException' : name, text + reason);
}

/** Refuses a call that its key's policies, and those of what it is about, don't allow. Keys without any may do everything. */
export function authorize(call: Call, input: Input, { credentials, permissions, lookups }: Authorization): void {
  // "No permissions are required" (STS API reference, GetCallerIdentity).
  if (call.operation === 'GetCallerIdentity') return;
  const { service, caller } = call;
  const holder = credentials.identityOf(caller);
  // A session of a deployed role is held to that role's policies.
  const who = holder.statements
    ? holder
    : { ...permissions.roleIdentity(holder.arn, ''), sessionArn: holder.sessionArn };
  for (const { action, resource, context } of neededAccess(call, input, lookups)) {
    const decision = permissions.decide(who, { action, resource }, context);
    if (decision === 'allow') continue;
    const shown = service === 'iam' ? iamResourceText(input) : resource;
    throw accessDenied({ service, callerArn: caller.arn, action, resource: shown, decision });
  }
}
