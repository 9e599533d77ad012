import type { State } from './definition.ts';
import { EvaluationFailure } from './failure.ts';
import { notTruncated } from './history.ts';
import { finish, moveOn } from './journal.ts';
import type { Json } from './json.ts';
import { noteEvaluationFailure } from './note-evaluation-failure.ts';
import { runState } from './run-state.ts';
import type { Scope, Visit } from './scope.ts';

/** Enters the state that the journal names, or takes it up again where a redrive finds it entered. */
function enter(scope: Scope): Visit {
  const { journal, thread, world } = scope;
  const name = journal.state ?? scope.graph.StartAt;
  const state = scope.graph.States[name] as State;
  const beforeEntered = thread.previous;
  // A redriven Fail enters anew and fails again; every other state goes on in its old entry (developer guide: redrive).
  if (!journal.entered || state.Type === 'Fail') {
    const eventId = thread.add(`${state.Type}StateEntered`, {
      stateEnteredEventDetails: { name, input: JSON.stringify(journal.input), inputDetails: notTruncated },
    });
    journal.state = name;
    journal.entered = { eventId, time: world.clock.now() };
  }
  return {
    scope,
    name,
    state,
    input: journal.input,
    enteredEventId: journal.entered.eventId,
    enteredTime: journal.entered.time,
    beforeEntered,
    retryCount: 0,
    closed: false,
  };
}

/** Runs a scope's states from where its journal stands to its end, and gives its output. */
export async function runScope(scope: Scope): Promise<Json> {
  for (;;) {
    const visit = enter(scope);
    scope.visit = visit;
    try {
      const { next, output } = await runState(visit);
      scope.cancellation.check();
      if (next === undefined) {
        finish(scope.journal, output);
        return output;
      }
      moveOn(scope.journal, next, output);
    } catch (thrown) {
      if (thrown instanceof EvaluationFailure) noteEvaluationFailure(visit, thrown);
      throw thrown;
    }
  }
}
