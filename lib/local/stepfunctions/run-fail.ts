import type { FailState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { StateFailure } from './failure.ts';
import type { Json } from './json.ts';
import { siteOf, type Visit } from './scope.ts';

const aString = { type: 'string', holds: (value: Json) => typeof value === 'string' } as const;

/** Runs a Fail: the scope ends with its error. */
export async function runFail(visit: Visit<FailState>): Promise<never> {
  const site = siteOf(visit);
  const field = (name: 'Error' | 'Cause') => {
    const template = visit.state[name];
    return template === undefined ? undefined : evaluateTyped<string>(template, name, site, aString);
  };
  const error = await field('Error');
  const cause = await field('Cause');
  visit.closed = true;
  throw new StateFailure(error, cause);
}
