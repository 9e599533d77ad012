import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Step } from '../../handlers/shared/step.ts';
import { actionsOf, memberActionsOf } from '../aws/port-registry.ts';
import { type Conditions, type DeployedIn, type Scope, scopesOf } from './action-scopes.ts';

type StepInBrief = Pick<Step, 'name' | 'uses'>;

/** What the role of a step is allowed: the actions its ports declare, each in its scope, and nothing else. */
export function statementsFor({ name, uses }: StepInBrief, where: DeployedIn): PolicyStatement[] {
  const becomesMember = where.memberAccounts.length > 0 && memberActionsOf(uses).length > 0;
  const actions = [...actionsOf(uses), ...(becomesMember ? ['sts:AssumeRole'] : [])];
  return statementsOf(
    `step '${name}'`,
    actions.flatMap((action) => scopedFor(action, name, where)),
  );
}

/** What the role in a member account is allowed: what any of these steps does in clusters and with principals there. */
export function memberStatementsFor(steps: readonly StepInBrief[], where: DeployedIn): PolicyStatement[] {
  const scoped = steps.flatMap(({ name, uses }) =>
    memberActionsOf(uses).flatMap((action) => scopedFor(action, name, where)),
  );
  return statementsOf('a member account', [...new Map(scoped.map((one) => [JSON.stringify(one), one])).values()]);
}

interface Scoped {
  readonly action: string;
  readonly scope: Scope;
}

const scopedFor = (action: string, stepName: string, where: DeployedIn): Scoped[] =>
  scopesOf(action, stepName, where).map((scope) => ({ action, scope }));

// IAM's limit for all inline policies of a role, without white space (IAM user guide, quotas), less what logging and tracing take.
const MOST_CHARACTERS = 10_240 - 640;

// A token of CDK's stands for a partition, an account or a name, of which few are longer.
const asDeployed = (json: string) => json.replaceAll(/\$\{Token\[[^\]]*\]\}/g, 'x'.repeat(20));

function statementsOf(role: string, scoped: readonly Scoped[]): PolicyStatement[] {
  // Actions of the same scope share a statement: a policy can be read at a glance, and stays far from IAM's limit.
  const byScope = Map.groupBy(scoped, ({ scope }) => JSON.stringify(scope));
  const statements = [...byScope.values()].flatMap(([first, ...others]) =>
    first
      ? [
          statement(
            first.scope,
            [first, ...others].map(({ action }) => action),
          ),
        ]
      : [],
  );
  const { length } = asDeployed(JSON.stringify(statements));
  if (length <= MOST_CHARACTERS) return statements;
  throw new Error(
    `the policy of ${role} has ${length} characters, wanted at most ${MOST_CHARACTERS}; give fewer regions or member accounts`,
  );
}

function statement({ effect, resources, conditions = {} }: Scope, actions: string[]): PolicyStatement {
  return new PolicyStatement({
    effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
    actions,
    resources: [...resources],
    conditions: mutable(conditions),
  });
}

const mutable = (conditions: Conditions) =>
  Object.fromEntries(Object.entries(conditions).map(([operator, keys]) => [operator, { ...keys }]));
