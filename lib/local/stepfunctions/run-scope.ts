import { EvaluationFailure } from './failure.ts';
import { notTruncated } from './history.ts';
import { finish, moveOn } from './journal.ts';
import type { Json } from './json.ts';
import { noteEvaluationFailure } from './note-evaluation-failure.ts';
import { present } from './present.ts';
import { runState } from './run-state.ts';
import type { Scope, Visit } from './scope.ts';

/** Enters the state that the journal names, or takes it up again where a redrive finds it entered. */
function enter(scope: Scope, name: string): Visit {
  const { journal, thread, world } = scope;
  const { Type: type } = present(scope.graph.States[name]);
  const beforeEntered = thread.previous;
  // A redriven Fail enters anew and fails again; every other state goes on in its old entry (developer guide: redrive).
  if (!journal.entered || type === 'Fail') {
    const eventId = thread.add(`${type}StateEntered`, {
      stateEnteredEventDetails: { name, input: JSON.stringify(journal.input), inputDetails: notTruncated },
    });
    journal.state = name;
    journal.entered = { eventId, time: world.clock.now() };
  }
  return {
    scope,
    name,
    type,
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
    const name = scope.journal.state ?? scope.graph.StartAt;
    const visit = enter(scope, name);
    scope.visit = visit;
    try {
      const { next, output } = await runState(visit, present(scope.graph.States[name]));
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
