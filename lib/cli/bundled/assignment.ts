/** One invocation, as a function's process is told of it. */
export interface Assignment {
  /** The bundle's file. */
  readonly file: string;
  /** The name of its export that handles it. */
  readonly exportName: string;
  readonly event: unknown;
  readonly context: {
    readonly functionName: string;
    readonly awsRequestId: string;
    readonly invokedFunctionArn: string;
  };
  /** How long it may take, on the machine's clock. */
  readonly milliseconds: number;
}

/** How it ended: with a value, or with an error as Lambda's runtime reports one. */
export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string } };

/** The exit code of a process that ended itself because an invocation took too long: that of `timeout`. */
export const TIMED_OUT = 124;

/** The last line that an invocation writes, as in Lambda's own logs: what comes before it is its log. */
export const endLine = (requestId: string): string => `END RequestId: ${requestId}`;
