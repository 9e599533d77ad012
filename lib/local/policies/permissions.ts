import type { Deployment, PolicyStatement, ResourcePolicyStatement } from '../deployment.ts';
import { checkStatements } from './check-statements.ts';
import { type AccessRequest, evaluateStatements, type RequestContext } from './evaluate-statements.ts';
import { evaluateResourcePolicy } from './resource-policy.ts';

/** A role, user or root that wants something, as whoever asks for it. */
export interface Identity {
  /** How `used` calls it: a function's or a state machine's name, else its ARN. */
  readonly name: string;
  /** Its own ARN, path and all, not its session's. */
  readonly arn: string;
  readonly sessionArn: string;
  /** What its policies say; undefined means that they allow everything. */
  readonly statements: readonly PolicyStatement[] | undefined;
}

/** An AWS service that acts in its own name. */
export interface ServiceIdentity {
  /** `events.amazonaws.com`. */
  readonly service: string;
  /** The resource that it acts for, where it says so: a rule's ARN. @default it doesn't say */
  readonly sourceArn?: string;
}

/** Something that was done because a statement allows it. */
export interface UsedPermission {
  /** A function's or a state machine's name, else the ARN of the role or the name of the service. */
  readonly principal: string;
  /** Whose statement it is: the principal's own, or a resource's by ARN. */
  readonly policy: string;
  /** Its number there, from 0. */
  readonly statement: number;
  readonly action: string;
  readonly resource: string;
  /** The condition keys that the statement looked at. */
  readonly conditionKeys: readonly string[];
}

/** What came of a request. */
export type Decision = 'allow' | 'explicitDeny' | 'implicitDeny';

/** Who may do what in this local AWS: roles' policies, resources' own policies, and what of them was used. */
export interface Permissions {
  /** Every permission that was used, each once. */
  readonly used: readonly UsedPermission[];
  /** Makes a deployed role known, by its ARN. */
  putRole(name: string, roleArn: string, statements: readonly PolicyStatement[]): void;
  /** Sets a resource's own policy; a role's is its trust policy. */
  putResourcePolicy(arn: string, statements: readonly ResourcePolicyStatement[]): void;
  /** Whether a role of that ARN came with a deployment. */
  isDeployed(roleArn: string): boolean;
  /** The deployed role of that ARN, in a session; one that isn't deployed may do everything. */
  roleIdentity(roleArn: string, sessionName: string): Identity;
  /** Decides, and keeps note of what allowed it. */
  decide(who: Identity | ServiceIdentity, request: Omit<AccessRequest, 'context'>, context?: RequestEntries): Decision;
  /** Makes known who may do what to a deployment's topics, queues and roles. Functions and state machines tell of their own. */
  deploy(deployment: Deployment): void;
}

type RequestEntries = Iterable<readonly [string, readonly string[]]>;

const accountOf = (arn: string) => arn.split(':')[4] ?? '';

function contextOf(who: Identity | ServiceIdentity, own: RequestEntries): RequestContext {
  const about: Record<string, string> = {};
  if (!('service' in who)) {
    Object.assign(about, { 'aws:principalarn': who.arn, 'aws:principalaccount': accountOf(who.arn) });
  } else if (who.sourceArn !== undefined) {
    Object.assign(about, { 'aws:sourcearn': who.sourceArn, 'aws:sourceaccount': accountOf(who.sourceArn) });
  }
  const common = Object.entries({ ...about, 'aws:securetransport': 'true' });
  return new Map([...common.map(([key, value]) => [key, [value]] as const), ...own]);
}

/** Nobody is known yet. */
export function createPermissions(): Permissions {
  const roles = new Map<string, { readonly name: string; readonly statements: readonly PolicyStatement[] }>();
  const resources = new Map<string, readonly ResourcePolicyStatement[]>();
  const used = new Map<string, UsedPermission>();

  function note(
    principal: string,
    policy: string,
    statements: readonly PolicyStatement[],
    numbers: readonly number[],
    { action, resource }: AccessRequest,
  ): void {
    for (const statement of numbers) {
      const key = [principal, policy, statement, action, resource].join(' ');
      if (used.has(key)) continue;
      const byOperator = Object.values(statements[statement]?.conditions ?? {});
      const conditionKeys = byOperator.flatMap((byKey) => Object.keys(byKey));
      used.set(key, { principal, policy, statement, action, resource, conditionKeys });
    }
  }

  function decide(
    who: Identity | ServiceIdentity,
    asked: Omit<AccessRequest, 'context'>,
    own: RequestEntries = [],
  ): Decision {
    const request: AccessRequest = { ...asked, context: contextOf(who, own) };
    const policy = resources.get(request.resource);
    const byResource = evaluateResourcePolicy(policy ?? [], who, request);
    const name = 'service' in who ? who.service : who.name;
    const noteResource = () => note(name, request.resource, policy ?? [], byResource.statements, request);
    if (byResource.effect === 'explicitDeny') return 'explicitDeny';
    if ('service' in who) {
      if (byResource.effect === 'allow') noteResource();
      return byResource.effect === 'allow' ? 'allow' : 'implicitDeny';
    }
    const { statements } = who;
    const byIdentity = statements
      ? evaluateStatements(statements, request)
      : ({ effect: 'allow', statements: [] } as const);
    if (byIdentity.effect === 'explicitDeny') return 'explicitDeny';
    const [isAllowedByIdentity, isAllowedByResource] = [byIdentity.effect === 'allow', byResource.effect === 'allow'];
    // A role's trust policy must let in whoever becomes it, and across accounts both sides must agree (IAM user guide, "Policy
    // evaluation logic" and "Cross-account policy evaluation logic"); within one either suffices.
    const isAcross = accountOf(request.resource) !== accountOf(who.arn);
    // Without a policy a bus takes nothing from another account; of other resources here, what has none isn't known.
    const isKnown = policy !== undefined || request.action === 'events:PutEvents';
    const needsPolicy = isKnown && (isAcross || request.action === 'sts:AssumeRole');
    const agrees = isAllowedByResource || byResource.isDelegated;
    const isAllowed = needsPolicy
      ? agrees && (isAllowedByIdentity || (!isAcross && isAllowedByResource))
      : isAllowedByIdentity || isAllowedByResource;
    if (!isAllowed) return 'implicitDeny';
    if (isAllowedByIdentity) note(name, name, statements ?? [], byIdentity.statements, request);
    if (isAllowedByResource || byResource.isDelegated) noteResource();
    return 'allow';
  }

  const permissions: Permissions = {
    get used() {
      return [...used.values()];
    },
    putRole(name, roleArn, statements) {
      checkStatements(name, statements);
      roles.set(roleArn, { name, statements });
    },
    putResourcePolicy(arn, statements) {
      checkStatements(arn, statements);
      resources.set(arn, statements);
    },
    isDeployed: (roleArn) => roles.has(roleArn),
    roleIdentity(roleArn, sessionName) {
      const [, partition = '', , , account = '', resource = ''] = roleArn.split(':');
      const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${resource.split('/').at(-1)}/${sessionName}`;
      const role = roles.get(roleArn);
      return { name: role?.name ?? roleArn, arn: roleArn, sessionArn, statements: role?.statements };
    },
    decide,
    deploy({ accountId, partition, region, topics = {}, queues = {}, eventBusPolicy = [], roles: given = {} }) {
      const arnOf = (service: string, name: string) => `arn:${partition}:${service}:${region}:${accountId}:${name}`;
      for (const [name, { policy = [] }] of Object.entries(topics))
        permissions.putResourcePolicy(arnOf('sns', name), policy);
      for (const [name, { policy = [] }] of Object.entries(queues))
        permissions.putResourcePolicy(arnOf('sqs', name), policy);
      permissions.putResourcePolicy(arnOf('events', 'event-bus/default'), eventBusPolicy);
      for (const [arn, { statements, trust }] of Object.entries(given)) {
        permissions.putRole(arn, arn, statements);
        permissions.putResourcePolicy(arn, trust);
      }
    },
  };
  return permissions;
}
