import type { Deployment, PolicyStatement } from '../../lib/local/deployment.ts';
import type { UsedPermission } from '../../lib/local/policies/permissions.ts';
import { ACCOUNT } from '../simulator/world-options.ts';

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${name}`;

/** Every policy of a deployment by what `used` calls it: a function's or a machine's name, else an ARN. */
function policiesOf(deployment: Deployment): [string, readonly PolicyStatement[]][] {
  const { functions, stateMachines, roles = {}, topics = {}, queues = {} } = deployment;
  return [
    ...Object.entries(functions).flatMap(([name, { statements, resourcePolicy = [] }]) => [
      [name, statements] as [string, readonly PolicyStatement[]],
      [arn('lambda', `function:${name}`), resourcePolicy] as [string, readonly PolicyStatement[]],
    ]),
    ...Object.entries(stateMachines).map(([name, { statements }]): [string, typeof statements] => [name, statements]),
    ...Object.entries(roles).map(([name, { statements }]): [string, typeof statements] => [name, statements]),
    ...Object.entries(topics).map(([name, { policy = [] }]): [string, typeof policy] => [arn('sns', name), policy]),
    ...Object.entries(queues).map(([name, { policy = [] }]): [string, typeof policy] => [arn('sqs', name), policy]),
  ];
}

/** Every action that a deployment allows: its policy, the statement's place in it, the action. */
export const allowedIn = (deployment: Deployment): string[] =>
  policiesOf(deployment).flatMap(([policy, statements]) =>
    statements.flatMap(({ effect, actions }, index) =>
      effect === 'Allow' ? actions.map((action) => [policy, index, action.toLowerCase()].join(' ')) : [],
    ),
  );

/** What was used, in the same words. */
export const usedIn = (used: readonly UsedPermission[]): Set<string> =>
  new Set(used.map(({ policy, statement, action }) => [policy, statement, action.toLowerCase()].join(' ')));
