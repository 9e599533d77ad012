import type { State } from './definition.ts';
import { runChoice } from './run-choice.ts';
import { runFail } from './run-fail.ts';
import { runMap } from './run-map.ts';
import { runParallel } from './run-parallel.ts';
import { runPass, runSucceed } from './run-pass.ts';
import { runTask } from './run-task.ts';
import { runWait } from './run-wait.ts';
import type { Transition, Visit } from './scope.ts';

/** Runs one state, whatever its type. */
export function runState(visit: Visit, state: State): Promise<Transition> {
  switch (state.Type) {
    case 'Pass':
      return runPass(visit, state);
    case 'Succeed':
      return runSucceed(visit, state);
    case 'Fail':
      return runFail(visit, state);
    case 'Wait':
      return runWait(visit, state);
    case 'Choice':
      return runChoice(visit, state);
    case 'Task':
      return runTask(visit, state);
    case 'Parallel':
      return runParallel(visit, state);
    default:
      return runMap(visit, state);
  }
}
