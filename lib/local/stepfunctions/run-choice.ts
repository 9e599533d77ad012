import { completeState } from './complete-state.ts';
import type { ChoiceState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { aBoolean } from './expected-types.ts';
import { StateFailure } from './failure.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';

/** Runs a Choice: the first rule whose condition is true decides, else the default. */
export async function runChoice(visit: Visit, state: ChoiceState): Promise<Transition> {
  const { input } = visit;
  const site = siteOf(visit);
  for (const [index, rule] of state.Choices.entries()) {
    const at = `Choices[${index}]`;
    if (await evaluateTyped(rule.Condition, `${at}/Condition`, site, aBoolean)) {
      return completeState(visit, { ending: rule, at: `${at}/`, otherwise: input, next: rule.Next });
    }
  }
  if (state.Default === undefined) {
    // AWS fails such a Choice with States.Runtime, not States.NoChoiceMatched (measured in floci-io/floci#3167).
    const problem = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateFailure('States.Runtime', site.describe(problem));
  }
  return completeState(visit, { ending: state, otherwise: input, next: state.Default });
}
