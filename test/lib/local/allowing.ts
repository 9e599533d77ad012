import type { PolicyStatement } from '../../../lib/local/deployment.ts';

/** Statements that allow these actions on anything. */
export const allowing = (...actions: readonly string[]): readonly PolicyStatement[] => [
  { effect: 'Allow', actions, resources: ['*'] },
];
