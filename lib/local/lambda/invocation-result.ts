import type { Ending } from './life.ts';

/** An invocation's end. */
export interface InvocationResult {
  readonly requestId: string;
  /** What the function returned, or Lambda's account of its error. */
  readonly payload: unknown;
  /** Its error, as Step Functions names it: the error's name, and the payload's text as cause. */
  readonly error?: { readonly name: string; readonly cause: string };
  /** Its log lines. */
  readonly log: readonly string[];
}

type Bare = Omit<InvocationResult, 'log'>;

// Lambda quotas: 6 MB of response; the exact figure is in its error's own text.
const MOST_RESPONSE_BYTES = 6_291_556;

/** The result of a function that returned a value. */
export function returned(value: unknown, requestId: string): Bare {
  const text = JSON.stringify(value) ?? 'null';
  if (Buffer.byteLength(text) > MOST_RESPONSE_BYTES) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`;
    return failed({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }, requestId);
  }
  return { requestId, payload: JSON.parse(text) };
}

/** The result of a function that threw, as Lambda's Node.js runtime tells it (aws-lambda-nodejs-runtime-interface-client, Errors). */
export function thrown(error: unknown, requestId: string): Bare {
  const payload =
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
      : { errorType: typeof error, errorMessage: String(error), trace: [] };
  return failed(payload, requestId);
}

/** The result of an invocation that was ended from outside. */
export function endedFromOutside(ending: Ending, timeoutSeconds: number, requestId: string): Bare {
  if (ending === 'timedOut') {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    return failed({ errorType: 'Sandbox.Timedout', errorMessage }, requestId);
  }
  // Lambda's words for a process that is gone; without an errorType, which makes it Lambda.Unknown to Step Functions.
  return failed({ errorMessage: `RequestId: ${requestId} Process exited before completing request` }, requestId);
}

/** Step Functions' name and cause of a failed invocation. The cause without a type: as executions of 2024 and 2025 show it. */
function failed(payload: { readonly errorType?: string; readonly errorMessage: string }, requestId: string): Bare {
  const text = JSON.stringify(payload);
  const unknown = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`;
  const error = payload.errorType
    ? { name: payload.errorType, cause: text }
    : { name: 'Lambda.Unknown', cause: unknown };
  return { requestId, payload, error };
}
