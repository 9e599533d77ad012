import type { EvaluationFailure } from './failure.ts';
import type { Visit } from './scope.ts';

/** Tells history of an expression that could not be worked out, once, in the state that holds it. */
export function noteEvaluationFailure(visit: Visit, failure: EvaluationFailure): void {
  if (failure.noted) return;
  failure.noted = true;
  const { thread } = visit.scope;
  // Recorded: while nothing has happened in the state yet, the event points at what came before the state was entered, as the
  // entry itself does; a Wait points at its entry.
  const untouched = thread.previous === visit.enteredEventId && visit.type !== 'Wait';
  const { error = '', cause = '', location } = failure;
  thread.add(
    'EvaluationFailed',
    {
      evaluationFailedEventDetails: {
        error,
        cause,
        ...(location === undefined ? {} : { location }),
        state: visit.name,
      },
    },
    untouched ? visit.beforeEntered : thread.previous,
  );
}
