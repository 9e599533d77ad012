import { accessDenied } from './authorization.ts';
import type { Permissions } from './policies/permissions.ts';

/** Something that a service does in the name of a role. */
interface RoleAction {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  /** What the request adds to its context, by key in lower case. @default nothing */
  readonly context?: Iterable<readonly [string, readonly string[]]>;
}

/** Throws the service's refusal where a deployed role may not do that. Roles that aren't deployed may do everything. */
export type AuthorizeRole = (what: RoleAction) => void;

/** Holds roles to their policies. How a service calls the sessions in which it acts isn't documented: after itself, here. */
export function roleAccess(permissions: Permissions, serviceName: string): AuthorizeRole {
  return ({ roleArn, action, resource, context }) => {
    const who = permissions.roleIdentity(roleArn, serviceName);
    const decision = permissions.decide(who, { action, resource }, context);
    if (decision === 'allow') return;
    const [service = ''] = action.split(':');
    throw accessDenied({ service, callerArn: who.sessionArn, action, resource, decision });
  };
}
