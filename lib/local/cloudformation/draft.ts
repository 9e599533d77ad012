import type {
  FunctionDefinition,
  PolicyStatement,
  ResourcePolicyStatement,
  RuleDefinition,
  StateMachineDefinition,
  TableDefinition,
} from '../deployment.ts';
import type { DeployedWhere } from './pseudo-parameters.ts';
import { refuse } from './template-error.ts';

/** A role while its policies are still being gathered. */
export interface RoleDraft {
  readonly name: string;
  readonly arn: string;
  readonly statements: PolicyStatement[];
  readonly trust: readonly ResourcePolicyStatement[];
}

/** A function while what others say about it is still being gathered. */
export interface FunctionDraft {
  readonly arn: string;
  readonly role: RoleDraft;
  readonly definition: Omit<FunctionDefinition, 'statements' | 'roleArn' | 'url' | 'resourcePolicy'>;
  readonly resourcePolicy: ResourcePolicyStatement[];
  hasUrl: boolean;
}

/** A state machine, and the role whose policies are still being gathered. */
export interface StateMachineDraft {
  readonly role: RoleDraft;
  readonly definition: Omit<StateMachineDefinition, 'statements' | 'roleArn'>;
}

/** A queue or a topic. */
export interface MessagingDraft {
  readonly name: string;
  policy?: readonly ResourcePolicyStatement[];
}

/** Who runs a handler string of a function. */
export type CodeOf = (handler: string, functionName: string) => FunctionDefinition['invoke'];

/** A deployment in the making: resources that were loaded, for those that build on them. */
export interface Draft {
  readonly where: DeployedWhere;
  readonly codeOf: CodeOf;
  /** By ARN. */
  readonly roles: Map<string, RoleDraft>;
  /** By name. */
  readonly functions: Map<string, FunctionDraft>;
  readonly stateMachines: Map<string, StateMachineDraft>;
  readonly rules: Map<string, RuleDefinition>;
  readonly tables: Map<string, TableDefinition>;
  /** By ARN. */
  readonly topics: Map<string, MessagingDraft>;
  /** By URL. */
  readonly queues: Map<string, MessagingDraft>;
  readonly eventBusPolicy: ResourcePolicyStatement[];
  /** By ARN, which ends in `:*`. */
  readonly logGroups: Set<string>;
}

/** Nothing loaded yet. */
export const emptyDraft = (where: DeployedWhere, codeOf: CodeOf): Draft => ({
  where,
  codeOf,
  roles: new Map(),
  functions: new Map(),
  stateMachines: new Map(),
  rules: new Map(),
  tables: new Map(),
  topics: new Map(),
  queues: new Map(),
  eventBusPolicy: [],
  logGroups: new Set(),
});

/** A role of the template, which must let that service act as it; what other roles allow isn't known here. */
export function roleFor(service: string, arn: string, path: string, { roles }: Draft): RoleDraft {
  const role = roles.get(arn) ?? refuse(path, `no role of the template has the ARN ${arn}`);
  const trusts = role.trust.some(
    ({ effect, actions, principals }) =>
      effect === 'Allow' && actions.includes('sts:AssumeRole') && principals['Service']?.includes(service),
  );
  // What Lambda, Step Functions and EventBridge all check when they are handed a role.
  return trusts
    ? role
    : refuse(path, `the role ${role.name} can't be assumed by ${service}; its trust policy must name it`);
}
