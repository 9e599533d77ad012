/** That something ran under X-Ray; segments aren't emulated. */
export interface Trace {
  /** ARN of the function or of the execution. */
  readonly arn: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
}
