import type { Settings } from '../core/settings.ts';
import { EKS_SCOPES } from './scopes/eks-scopes.ts';
import { IAM_SCOPES } from './scopes/iam-scopes.ts';
import { LEDGER_SCOPES } from './scopes/ledger-scopes.ts';
import { WORKFLOW_SCOPES } from './scopes/workflow-scopes.ts';

/** Where the service is deployed, as plain strings or as CDK's tokens. */
export interface DeployedIn {
  readonly partition: string;
  readonly accountId: string;
  /** The region of the stack: its functions, table and state machines. */
  readonly region: string;
  /** Regions whose clusters are looked after. */
  readonly regions: readonly string[];
  readonly ledgerTableArn: string;
  readonly topicArn: string;
  /** The physical name of the state machine `rebind-entry`: its executions' ARNs are made of it, too. */
  readonly rebindEntryName: string;
  readonly mode: Settings['mode'];
  /** Whether there are approvers: without any, nothing is done that only an approval lets pass. */
  readonly asksPeople: boolean;
  readonly orphans: Settings['orphans'];
  /** Further accounts whose clusters are looked after, through a role in each. */
  readonly memberAccounts: readonly string[];
  /** The accounts whose principals a new entry may name; `*` where nobody knows them. */
  readonly principalAccounts: readonly string[];
}

/** By operator (`ForAllValues:StringLike`), then by key (`eks:policyArn`). */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Where an action may be used: one statement of a policy without its actions. */
export interface Scope {
  /** @default 'Allow' */
  readonly effect?: 'Deny';
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** An action's scopes for one step; none where the step has no use for the action, though its port would. */
export type ScopesOf = (where: DeployedIn, stepName: string) => readonly Scope[];

const SCOPES: Readonly<Record<string, ScopesOf>> = {
  ...EKS_SCOPES,
  ...IAM_SCOPES,
  ...LEDGER_SCOPES,
  ...WORKFLOW_SCOPES,
};

/** Where a step may use an action. Without a scope for it nothing is synthesized: a permission is never wider than somebody meant it. */
export function scopesOf(action: string, stepName: string, where: DeployedIn): readonly Scope[] {
  const scopes = SCOPES[action];
  if (scopes) return scopes(where, stepName);
  throw new Error(
    `step '${stepName}' uses ${action}, which has no scope; say in lib/infra/scopes where it may be used`,
  );
}
