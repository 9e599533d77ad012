import type { ScopesOf } from '../action-scopes.ts';

/** The scopes for these steps, and none for others: their port has the action, but they never use it. */
export const only =
  (stepNames: readonly string[], scopes: ScopesOf): ScopesOf =>
  (where, stepName) =>
    stepNames.includes(stepName) ? scopes(where, stepName) : [];

/** The scopes for all steps but these, which never use what their port has. */
export const allBut =
  (stepNames: readonly string[], scopes: ScopesOf): ScopesOf =>
  (where, stepName) =>
    stepNames.includes(stepName) ? [] : scopes(where, stepName);
