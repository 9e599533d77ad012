import { spoilsChildren } from './child-scopes.ts';
import { completeState } from './complete-state.ts';
import type { MapState } from './definition.ts';
import { evaluateTyped } from './evaluate.ts';
import { EvaluationFailure } from './failure.ts';
import type { Children } from './journal.ts';
import type { Json } from './json.ts';
import { recover } from './recover.ts';
import { runIterations } from './run-iterations.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';

const anArray = { type: 'array', holds: (value: Json) => Array.isArray(value) } as const;
const count = {
  type: 'integer',
  holds: (value: Json) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
} as const;
const percentage = {
  type: 'number',
  holds: (value: Json) => typeof value === 'number' && value >= 0 && value <= 100,
} as const;

async function itemsOf(visit: Visit<MapState>): Promise<readonly Json[]> {
  const { state, input } = visit;
  if (state.Items !== undefined) return evaluateTyped<readonly Json[]>(state.Items, 'Items', siteOf(visit), anArray);
  if (Array.isArray(input)) return input as readonly Json[];
  const problem = `Map state input must be an array but was: ${JSON.stringify(input)}`;
  throw new EvaluationFailure(siteOf(visit).describe(problem));
}

/** How many iterations may run at once; 0 means as many as AWS allows. */
async function concurrencyOf(visit: Visit<MapState>): Promise<number> {
  const { MaxConcurrency = 0, ToleratedFailureCount = 0, ToleratedFailurePercentage = 0 } = visit.state;
  const site = siteOf(visit);
  // Tolerated failures are worked out but mean nothing: only a DISTRIBUTED Map tolerates any (developer guide: Map in Inline mode).
  await evaluateTyped(ToleratedFailureCount, 'ToleratedFailureCount', site, count);
  await evaluateTyped(ToleratedFailurePercentage, 'ToleratedFailurePercentage', site, percentage);
  return evaluateTyped<number>(MaxConcurrency, 'MaxConcurrency', site, count);
}

/** Runs a Map. A redrive runs only the iterations that failed, were aborted or never began. */
export function runMap(visit: Visit<MapState>): Promise<Transition> {
  const { scope, state } = visit;
  const { journal, thread } = scope;
  let redriven = journal.children !== undefined;

  async function begin(): Promise<Children> {
    const items = await itemsOf(visit);
    thread.add('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    journal.children = { items, journals: items.map(() => undefined) };
    return journal.children;
  }

  async function run(): Promise<Transition> {
    const concurrency = await concurrencyOf(visit);
    const children = redriven ? (journal.children as Children) : await begin();
    redriven = false;
    try {
      const result = await runIterations(visit, children, concurrency);
      thread.note('MapStateSucceeded');
      return await completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
    } catch (thrown) {
      if (spoilsChildren(thrown)) delete journal.children;
      throw thrown;
    }
  }

  return recover(visit, run, 'MapStateFailed');
}
