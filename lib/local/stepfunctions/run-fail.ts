import type { FailState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { aString } from './expected-types.ts';
import { StateFailure } from './failure.ts';
import { siteOf, type Visit } from './scope.ts';

/** Runs a Fail: the scope ends with its error. */
export async function runFail(visit: Visit, state: FailState): Promise<never> {
  const site = siteOf(visit);
  const field = (name: 'Error' | 'Cause') => {
    const template = state[name];
    return template === undefined ? undefined : evaluateTyped(template, name, site, aString);
  };
  const error = await field('Error');
  const cause = await field('Cause');
  visit.closed = true;
  throw new StateFailure(error, cause);
}
