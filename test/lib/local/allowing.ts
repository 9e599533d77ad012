import type { PolicyStatement, RoleDefinition } from '../../../lib/local/deployment.ts';

/** Statements that allow these actions on anything. */
export const allowing = (...actions: readonly string[]): readonly PolicyStatement[] => [
  { effect: 'Allow', actions, resources: ['*'] },
];

/** A role that rules deliver as: it lets EventBridge in, and may do that. */
export const deliveringRole = (...actions: readonly string[]): RoleDefinition => ({
  statements: allowing(...actions),
  trust: [
    { effect: 'Allow', actions: ['sts:AssumeRole'], resources: [], principals: { Service: ['events.amazonaws.com'] } },
  ],
});
