import { ChildScopes, noteAborted, spoilsChildren } from './child-scopes.ts';
import { completeState } from './complete-state.ts';
import type { ParallelState } from './definition.ts';
import { evaluateTemplate } from './evaluate.ts';
import { newJournal, type Journal } from './journal.ts';
import type { Json } from './json.ts';
import { recover } from './recover.ts';
import { runScope } from './run-scope.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';

/** Runs all branches that have not ended, and gives the outputs of all, in their order. */
async function runBranches(visit: Visit<ParallelState>, journals: readonly Journal[]): Promise<Json[]> {
  const { thread } = visit.scope;
  const group = new ChildScopes(visit);
  const started = thread.previous;

  async function runBranch(index: number): Promise<Json> {
    const journal = journals[index] as Journal;
    if (journal.output) return journal.output.value;
    const child = group.open(visit.state.Branches[index] as ParallelState['Branches'][number], journal, started);
    try {
      const output = await runScope(child);
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
    return await Promise.all(journals.map((_, index) => runBranch(index)));
  } finally {
    group.release();
  }
}

/** Runs a Parallel. A redrive runs only the branches that failed or were aborted. */
export function runParallel(visit: Visit<ParallelState>): Promise<Transition> {
  const { scope, state, input } = visit;
  const { journal, thread } = scope;
  let redriven = journal.children !== undefined;

  async function begin(): Promise<Journal[]> {
    const template = state.Arguments;
    const given = template === undefined ? input : await evaluateTemplate(template, 'Arguments', siteOf(visit));
    thread.add('ParallelStateStarted');
    const journals = state.Branches.map(() => newJournal(given));
    journal.children = { journals };
    return journals;
  }

  async function run(): Promise<Transition> {
    const journals = redriven ? (journal.children?.journals as Journal[]) : await begin();
    redriven = false;
    try {
      const result = await runBranches(visit, journals);
      thread.note('ParallelStateSucceeded');
      return await completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
    } catch (thrown) {
      if (spoilsChildren(thrown)) delete journal.children;
      throw thrown;
    }
  }

  return recover(visit, run, 'ParallelStateFailed');
}
