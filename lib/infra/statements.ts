import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Step } from '../../handlers/shared/step.ts';
import { actionsOf } from '../aws/port-registry.ts';
import { type Conditions, type DeployedIn, type Scope, scopesOf } from './action-scopes.ts';

/** What the role of a step is allowed: the actions its ports declare, each in its scope, and nothing else. */
export function statementsFor(step: Pick<Step, 'name' | 'uses'>, where: DeployedIn): PolicyStatement[] {
  const scoped = actionsOf(step.uses).flatMap((action) =>
    scopesOf(action, step.name, where).map((scope) => ({ action, scope })),
  );
  // Actions of the same scope share a statement: a policy can be read at a glance, and stays far from IAM's limit.
  const byScope = Map.groupBy(scoped, ({ scope }) => JSON.stringify(scope));
  return [...byScope.values()].flatMap(([first, ...others]) =>
    first
      ? [
          statement(
            first.scope,
            [first, ...others].map(({ action }) => action),
          ),
        ]
      : [],
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
