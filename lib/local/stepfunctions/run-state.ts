import type { State } from './definition.ts';
import { runChoice } from './run-choice.ts';
import { runFail } from './run-fail.ts';
import { runMap } from './run-map.ts';
import { runParallel } from './run-parallel.ts';
import { runPass, runSucceed } from './run-pass.ts';
import { runTask } from './run-task.ts';
import { runWait } from './run-wait.ts';
import type { Transition, Visit } from './scope.ts';

type Runners = { readonly [T in State['Type']]: (visit: Visit<Extract<State, { Type: T }>>) => Promise<Transition> };

const runners: Runners = {
  Pass: runPass,
  Succeed: runSucceed,
  Fail: runFail,
  Wait: runWait,
  Choice: runChoice,
  Task: runTask,
  Parallel: runParallel,
  Map: runMap,
};

/** Runs one state, whatever its type. */
export function runState(visit: Visit): Promise<Transition> {
  const run = runners[visit.state.Type] as (visit: Visit) => Promise<Transition>;
  return run(visit);
}
