import { ChildScopes, noteAborted, spoilsChildren } from './child-scopes.ts';
import { completeState } from './complete-state.ts';
import type { ParallelState, StateGraph } from './definition.ts';
import { evaluateTemplate } from './evaluate.ts';
import { newJournal, type Journal } from './journal.ts';
import type { Json } from './json.ts';
import { present } from './present.ts';
import { recover } from './recover.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';

/** Runs all branches that have not ended, and gives the outputs of all, in their order. */
async function runBranches(
  visit: Visit,
  branches: readonly StateGraph[],
  journals: readonly Journal[],
): Promise<Json[]> {
  const { scope } = visit;
  const { thread } = scope;
  const group = new ChildScopes(visit);
  const started = thread.previous;

  async function runBranch(graph: StateGraph, journal: Journal): Promise<Json> {
    if (journal.output) return journal.output.value;
    const child = group.open(graph, journal, started);
    try {
      const output = await scope.run(child);
      group.running.delete(child);
      thread.previous = child.thread.previous;
      return output;
    } catch (thrown) {
      group.cancellation.check();
      for (const unfinished of group.running) noteAborted(unfinished);
      thread.previous = child.thread.previous;
      group.release();
      throw thrown;
    }
  }

  try {
    return await Promise.all(branches.map((graph, index) => runBranch(graph, present(journals[index]))));
  } finally {
    group.release();
  }
}

/** Runs a Parallel. A redrive runs only the branches that failed or were aborted. */
export function runParallel(visit: Visit, state: ParallelState): Promise<Transition> {
  const { journal, thread } = visit.scope;
  let left = journal.children?.branches;

  async function begin(): Promise<Journal[]> {
    const template = state.Arguments;
    const given = template === undefined ? visit.input : await evaluateTemplate(template, 'Arguments', siteOf(visit));
    thread.add('ParallelStateStarted');
    const branches = state.Branches.map(() => newJournal(given));
    journal.children = { branches };
    return branches;
  }

  async function run(): Promise<Transition> {
    const journals = left ?? (await begin());
    left = undefined;
    try {
      const result = await runBranches(visit, state.Branches, journals);
      thread.note('ParallelStateSucceeded');
      return await completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
    } catch (thrown) {
      if (spoilsChildren(thrown)) delete journal.children;
      throw thrown;
    }
  }

  return recover(visit, state, run, 'ParallelStateFailed');
}
