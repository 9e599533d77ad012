/** What made a state fail: an error's name and cause as Step Functions shows them, either of which may be absent. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  /** Whether it came out of a task, so that `States.TaskFailed` means it too. */
  readonly fromTask: boolean;
  /** A second name that `ErrorEquals` may use for it. */
  readonly alias: string | undefined;
  constructor(
    error: string | undefined,
    cause: string | undefined,
    from: { readonly task?: boolean; readonly alias?: string } = {},
  ) {
    super(`${error ?? 'no error name'}: ${cause ?? 'no cause'}`);
    this.error = error;
    this.cause = cause;
    this.fromTask = from.task ?? false;
    this.alias = from.alias;
  }
}

/** An expression that could not be worked out. History shows it as an event of its own. */
export class EvaluationFailure extends StateFailure {
  /** The field, as `Output/result`; absent where the state's input is to blame. */
  readonly location: string | undefined;
  /** Whether history has been told of it. */
  noted = false;
  constructor(cause: string, location?: string) {
    super('States.QueryEvaluationError', cause);
    this.location = location;
  }
}

/** An error's name and cause as history and DescribeExecution carry them: absent members are left out. */
export function errorAndCause(failure: { readonly error?: string | undefined; readonly cause?: string | undefined }) {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}

/** `$states.errorOutput`. Recorded: a callback without error and cause gives both as null. */
export const errorOutput = (failure: StateFailure) => ({
  Error: failure.error ?? null,
  Cause: failure.cause ?? null,
});

/** Whether one name in `ErrorEquals` means this failure. */
function nameMatches(name: string, failure: StateFailure): boolean {
  if (name === failure.error || name === failure.alias) return true;
  if (name === 'States.TaskFailed') return failure.fromTask && failure.error !== 'States.Timeout';
  if (name !== 'States.ALL') return false;
  // States.ALL leaves out States.DataLimitExceeded, says the developer guide; a task whose result is too large was nevertheless
  // caught by it when recorded (error_handling_states_errors, 2024-03-21), so only other data limits stay uncaught.
  return failure.error !== 'States.DataLimitExceeded' || failure.fromTask;
}

/** Whether a Retry or Catch entry applies. `States.Runtime` always ends the execution (developer guide: error handling). */
export const errorMatches = (errorEquals: readonly string[], failure: StateFailure): boolean =>
  failure.error !== 'States.Runtime' && errorEquals.some((name) => nameMatches(name, failure));
