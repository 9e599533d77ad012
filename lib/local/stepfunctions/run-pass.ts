import { completeState } from './complete-state.ts';
import type { PassState, SucceedState } from './definition.ts';
import type { Transition, Visit } from './scope.ts';

/** Runs a Pass: its input goes on unless `Output` says otherwise. */
export const runPass = (visit: Visit, state: PassState): Promise<Transition> =>
  completeState(visit, { ending: state, otherwise: visit.input, next: state.Next });

/** Runs a Succeed: the scope ends with its output. */
export const runSucceed = (visit: Visit, state: SucceedState): Promise<Transition> =>
  completeState(visit, { ending: state, otherwise: visit.input, next: undefined });
