import { spoilsChildren } from './child-scopes.ts';
import { completeState } from './complete-state.ts';
import type { MapState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { anArray, count, percentage } from './expected-types.ts';
import { EvaluationFailure } from './failure.ts';
import type { Iterations } from './journal.ts';
import { isArray, type Json } from './json.ts';
import { recover } from './recover.ts';
import { runIterations } from './run-iterations.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';

async function itemsOf(visit: Visit, state: MapState): Promise<readonly Json[]> {
  const site = siteOf(visit);
  if (state.Items !== undefined) return evaluateTyped(state.Items, 'Items', site, anArray);
  if (isArray(visit.input)) return visit.input;
  const problem = `Map state input must be an array but was: ${JSON.stringify(visit.input)}`;
  throw new EvaluationFailure(site.describe(problem));
}

/** How many iterations may run at once; 0 means as many as AWS allows. */
async function concurrencyOf(visit: Visit, state: MapState): Promise<number> {
  const { MaxConcurrency = 0, ToleratedFailureCount = 0, ToleratedFailurePercentage = 0 } = state;
  const site = siteOf(visit);
  // Tolerated failures are worked out but mean nothing: only a DISTRIBUTED Map tolerates any (developer guide: Map in Inline mode).
  await evaluateTyped(ToleratedFailureCount, 'ToleratedFailureCount', site, count);
  await evaluateTyped(ToleratedFailurePercentage, 'ToleratedFailurePercentage', site, percentage);
  return evaluateTyped(MaxConcurrency, 'MaxConcurrency', site, count);
}

/** Runs a Map. A redrive runs only the iterations that failed, were aborted or never began. */
export function runMap(visit: Visit, state: MapState): Promise<Transition> {
  const { journal, thread } = visit.scope;
  let left = journal.children?.iterations;

  async function begin(): Promise<Iterations> {
    const items = await itemsOf(visit, state);
    thread.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const iterations = items.map((item) => ({ item }));
    journal.children = { iterations };
    return iterations;
  }

  async function run(): Promise<Transition> {
    const concurrency = await concurrencyOf(visit, state);
    const iterations = left ?? (await begin());
    left = undefined;
    try {
      const result = await runIterations(visit, state, iterations, concurrency);
      thread.note('MapStateSucceeded');
      return await completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
    } catch (thrown) {
      if (spoilsChildren(thrown)) delete journal.children;
      throw thrown;
    }
  }

  return recover(visit, state, run, 'MapStateFailed');
}
